export { promiseWorkers, type PromiseWorkersOptions } from './promise-workers.ts';
