/**
 * The technique with worker threads.
 * @module @parallel-lambda/thread-workers
 */
import './host/v8-flags.ts';

// First, because it checks how the function was bundled: the others import modules that a wrong bundle cannot load.
export { BundleError, WorkModuleError } from './host/module-files.ts';
export { threadWorkers, type ThreadTechnique, type ThreadWorkersOptions } from './host/thread-workers.ts';
export type { OnBatchEnd } from './thread/load-work.ts';
