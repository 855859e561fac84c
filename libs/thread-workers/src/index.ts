import './use-code-cache.ts';

export { threadWorkers, WorkModuleError, type ThreadWorkersOptions } from './thread-workers.ts';
