import type { AdaptiveWorkers } from '../adaptive/adaptive.ts';
import { readSetting } from './setting.ts';
import { WorkerLimit } from './worker-limit.ts';

/**
 * Reads the option `workers`, a number or `adaptive()`. The environment variable `WORKERS` overrides it; `adaptive` there keeps an
 * `adaptive()` of the option.
 *
 * @throws {InvalidOptionError} when the number is not a whole number from 1 to 10,000
 */
export function readWorkers(option: number | AdaptiveWorkers | undefined): number | AdaptiveWorkers {
  const { WORKERS = '' } = process.env;
  // Not by its type: `{ min, max }` without `adaptive` is a mistake.
  const isAdaptive = 'createLimit' in (Object(option) as object);
  if (isAdaptive && (WORKERS === '' || WORKERS === 'adaptive')) return option as AdaptiveWorkers;
  return readSetting({
    name: 'workers, without adaptive(),',
    option: isAdaptive ? undefined : (option as number | undefined),
    variable: 'WORKERS',
    fallback: 100,
    max: 10_000,
  });
}

/**
 * Creates the limit that the option `workers` sets, as `readWorkers` reads it.
 *
 * @throws {InvalidOptionError} when the number is not a whole number from 1 to 10,000
 */
export function workerLimit(option: number | AdaptiveWorkers | undefined): WorkerLimit {
  const workers = readWorkers(option);
  return typeof workers === 'number' ? new WorkerLimit(workers) : workers.createLimit();
}
