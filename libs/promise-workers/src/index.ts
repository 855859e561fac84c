/**
 * The technique with promises: async loops in the main thread.
 * @module @parallel-lambda/promise-workers
 */
export { promiseWorkers, type PromiseWorkersOptions } from './promise-workers.ts';
