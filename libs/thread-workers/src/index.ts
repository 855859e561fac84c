import './v8-flags.ts';

export { BundleError } from './thread-file.ts';
export {
  threadWorkers,
  WorkModuleError,
  type ThreadTechnique,
  type ThreadWorkersOptions,
} from './thread-workers.ts';
