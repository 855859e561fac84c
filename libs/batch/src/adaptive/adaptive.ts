import { describe } from '../describe.ts';
import { InvalidOptionError } from '../errors.ts';
import { checkOptions } from '../technique/check-options.ts';
import { adaptiveWorkers, type AdaptiveWorkers } from './adaptive-workers.ts';

const MAX_WORKERS = 10_000;

/** Options for `adaptive`. */
export interface AdaptiveOptions {
  /**
   * The minimum number of messages in flight, 1 to 10,000.
   * @default 1
   */
  readonly min?: number;
  /**
   * The maximum number of messages in flight, 1 to 10,000.
   * @default 512
   */
  readonly max?: number;
}

/**
 * Finds the number of `workers` that the service behind `work` can bear, by measuring: it starts with 16 messages in flight, grows
 * while that raises the throughput, shrinks while that costs none, and lowers the limit at once when the service rejects
 * messages. It remembers the limit over the invocations of an execution environment.
 *
 * When all messages fail, it stops starting them, tries a single one from time to time, and leaves the rest unfinished.
 * In threads, each thread has its part of the limits and measures separately.
 *
 * @example
 * export const handler = batchHandler(promiseWorkers({ work, workers: adaptive({ max: 200 }) }));
 *
 * @throws {InvalidOptionError} when an option is unknown or out of range, or `min` is more than `max`
 */
export function adaptive(options: AdaptiveOptions = {}): AdaptiveWorkers {
  checkOptions('adaptive', options, ['min', 'max']);
  const { max = 512, min = 1 } = options;
  checkLimit('min', min);
  checkLimit('max', max);
  if (min > max) throw new InvalidOptionError(`min of adaptive (${min}) must be at most max (${max}).`);
  return adaptiveWorkers({ min, max });
}

function checkLimit(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= MAX_WORKERS) return;
  throw new InvalidOptionError(
    `${name} of adaptive must be a whole number from 1 to ${MAX_WORKERS}, not ${describe(value)}.`,
  );
}
