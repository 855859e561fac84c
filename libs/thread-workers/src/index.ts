import './v8-flags.ts';

export { BundleError } from './thread-file.ts';
export { WorkModuleError } from './batch-run.ts';
export { threadWorkers, type ThreadTechnique, type ThreadWorkersOptions } from './thread-workers.ts';
export type { OnBatchEnd } from './load-work.ts';
