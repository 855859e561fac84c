/**
 * The technique with Effect fibers.
 * @module @parallel-lambda/fiber-workers
 */
export { LayerError } from './environment-services.ts';
export {
  fiberWorkers,
  type FiberTechnique,
  type FiberWork,
  type FiberWorkersOptions,
} from './fiber-workers.ts';
