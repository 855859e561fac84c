/** The sources in real time. Apart from the rest, since it loads the AWS SDK, which takes its time. */
export { LocalSqs } from './local-sqs.ts';
export { SqsMapping, type SqsMappingOptions } from './sqs-mapping.ts';
export { StateMachineMapping, type StateMachineMappingOptions } from './state-machine-mapping.ts';
export type { Handover, MappedFunction, MappingEvents, SettledBatch } from './mapped-function.ts';
