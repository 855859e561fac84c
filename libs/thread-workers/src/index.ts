import './host/v8-flags.ts';

export { WorkModuleError } from './host/batch-run.ts';
export { BundleError } from './host/thread-file.ts';
export { threadWorkers, type ThreadTechnique, type ThreadWorkersOptions } from './host/thread-workers.ts';
export type { OnBatchEnd } from './thread/load-work.ts';
