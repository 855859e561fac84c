export { modelOf, serviceText } from './model-of.ts';
export { openService, type OpenService } from './open-service.ts';
export { serveDownstream, type DownstreamService } from './serve.ts';
export { services, type ServiceModel } from './service-model.ts';
export type { ServiceSetting } from './service-setting.ts';
export { Service, type Clock } from './service.ts';
export { fixedLimit, simulate, type SimulatedRun } from './simulate.ts';
export { VirtualClock } from './virtual-clock.ts';
