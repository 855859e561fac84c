export { threadWorkers, WorkModuleError, type ThreadWorkersOptions } from './thread-workers.ts';
