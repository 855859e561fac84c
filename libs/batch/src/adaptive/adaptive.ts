import { InvalidOptionError } from '../errors.ts';
import { checkOptions, checkWholeNumber } from '../technique/check-options.ts';
import type { WorkerLimit } from '../technique/worker-limit.ts';
import { AdaptiveLimit, type Clocks } from './adaptive-limit.ts';
import { AdaptiveWorkerLimit } from './adaptive-worker-limit.ts';

const MAX_WORKERS = 10_000;

/** The option `workers` of a technique that finds the number: see `adaptive`. */
export interface AdaptiveWorkers {
  /** The smallest limit of messages in flight. */
  readonly min: number;
  /** The largest limit of messages in flight. */
  readonly max: number;
  /** Creates the limit of one technique, or of one of its threads. */
  readonly createLimit: () => WorkerLimit;
}

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
 * Finds the number of `workers` that the service behind `work` can handle, by measuring: it starts with 22 messages in flight, grows
 * while that raises the throughput, shrinks while that costs none, and lowers the limit immediately when the service rejects
 * messages. It keeps the limit over the invocations of an execution environment.
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
  checkWholeNumber('min of adaptive', min, 1, MAX_WORKERS);
  checkWholeNumber('max of adaptive', max, 1, MAX_WORKERS);
  if (min > max) throw new InvalidOptionError(`min of adaptive (${min}) must be at most max (${max}).`);
  const createLimit = (): WorkerLimit =>
    new AdaptiveWorkerLimit(max, new AdaptiveLimit({ min, max }, processClocks()));
  return { min, max, createLimit };
}

/** Returns the clocks of this thread. */
function processClocks(): Clocks {
  let last = performance.eventLoopUtilization();
  return {
    now: () => performance.now(),
    utilization() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, last);
      last = now;
      return utilization;
    },
  };
}
