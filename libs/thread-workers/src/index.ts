import './use-code-cache.ts';

export { BundleError } from './thread-file.ts';
export {
  threadWorkers,
  WorkModuleError,
  type ThreadTechnique,
  type ThreadWorkersOptions,
} from './thread-workers.ts';
