export { sqsRedelivery, type SqsRedeliveryOptions } from './sqs-redelivery.ts';
export type { Backoff } from './backoff.ts';
export type { SqsCalls } from './sqs-calls.ts';
