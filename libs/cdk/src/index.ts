export { BatchFunction, type BatchFunctionProps } from './batch-function.ts';
export { BatchSource, type BoundSource, type Lag } from './batch-source.ts';
export { math } from './metrics.ts';
export { maxDeliveries } from './sources/defaults.ts';
export type { StreamedTable } from './sources/dynamodb.ts';
export type { KafkaProps } from './sources/kafka.ts';
export type { QueueProps } from './sources/queue.ts';
export type { StreamProps } from './sources/stream.ts';
export { visibilityTimeout } from './sources/visibility.ts';
