export { services, type ServiceModel } from './service-model.ts';
export { Service, type Clock } from './service.ts';
export { fixedLimit, seededRandom, simulate, type SimulatedRun } from './simulate.ts';
