export { fiberWorkers, type FiberWork, type FiberWorkersOptions } from './fiber-workers.ts';
