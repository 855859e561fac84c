/**
 * Creates the Lambda handler of a batch: `batchHandler`, with wrappers for the work, and errors that decide whether a
 * message is retried.
 * @module @parallel-lambda/batch
 */
export { adaptive, type AdaptiveOptions, type AdaptiveWorkers } from './adaptive/adaptive.ts';
export type { BatchEnd, BatchEndHook } from './batch-end.ts';
export { batchHandler, type BatchHandler, type BatchHandlerOptions } from './batch-handler.ts';
export { checked, type CheckedOptions } from './checked.ts';
export { DeadlineReached, type DeadlineOptions } from './deadline.ts';
export {
  FullFailureError,
  GiveUp,
  InvalidEventError,
  InvalidMessageError,
  InvalidOptionError,
  InvalidResponseError,
  ParallelLambdaError,
  PartialFailureError,
  RetryLater,
  WorkNotRunError,
  type RetryLaterOptions,
} from './errors.ts';
export type { LambdaContext } from './lambda-context.ts';
export type { Logger } from './logger.ts';
export type { Message } from './message.ts';
export type { Outcome, UnfinishedReason } from './outcome.ts';
export type { Fate, Redelivery } from './redelivery.ts';
export type { BatchResponse, KafkaIdentifier, ReadOptions } from './sources/source.ts';
export type { SchemaIssue, StandardSchema } from './standard-schema.ts';
export type { MessageTrace } from './technique/message-trace.ts';
export type { Technique } from './technique/technique.ts';
export type { GroupWork } from './wrappers/group.ts';
export { grouped, type GroupedOptions } from './wrappers/grouped.ts';
export { retried, type RetriedOptions } from './wrappers/retried.ts';
export { TimeLimitError, within } from './wrappers/within.ts';
export type { InvocationInfo, InvocationStart, Work, WorkContext, WorkResult } from './work.ts';
