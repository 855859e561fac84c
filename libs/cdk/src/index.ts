/**
 * Connects a function to its source in CDK.
 * @module @parallel-lambda/cdk
 */
export { BatchFunction, type BatchFunctionProps } from './batch-function.ts';
export { BatchSource } from './batch-source.ts';
export type { BoundSource, Lag } from './bound-source.ts';
export { math } from './metrics.ts';
export { maxDeliveries } from './sources/defaults.ts';
export type { StreamedTable } from './sources/dynamodb.ts';
export type { KafkaProps } from './sources/kafka.ts';
export type { QueueProps, SourceQueue } from './sources/queue.ts';
export type { StreamProps } from './sources/stream.ts';
export { visibilityTimeout } from './sources/visibility.ts';
