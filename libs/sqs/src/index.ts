/**
 * Delays and parks messages that did not succeed, through SQS.
 * @module @parallel-lambda/sqs
 */
export { sqsRedelivery, type SqsRedeliveryOptions } from './sqs-redelivery.ts';
export type { Backoff } from './backoff.ts';
export type { SqsCalls } from './sqs-calls.ts';
