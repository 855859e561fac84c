export type { Batch } from './batch.ts';
export {
  batchHandler,
  type BatchEnd,
  type BatchHandler,
  type BatchHandlerOptions,
  type LambdaContext,
} from './batch-handler.ts';
export { checkNode } from './check-node.ts';
export { checked } from './checked.ts';
export { DeadlineReached, startDeadline, type Deadline, type DeadlineOptions } from './deadline.ts';
export { describe } from './describe.ts';
export {
  FullFailureError,
  InvalidEventError,
  InvalidMessageError,
  InvalidOptionError,
  InvalidResponseError,
  ParallelLambdaError,
} from './errors.ts';
export { contextOf, LazySignal } from './lazy-signal.ts';
export type { BatchMessage, Lane, Message } from './message.ts';
export { abandoned, notStarted, stopped, succeeded, type Outcome, type UnfinishedReason } from './outcome.ts';
export { perform } from './perform.ts';
export { readBatch } from './read-batch.ts';
export { respond } from './respond.ts';
export { readSetting, type Setting } from './setting.ts';
export { SourceMessage, type Records } from './source-message.ts';
export { sourceNamed } from './sources/index.ts';
export type { BatchResponse, KafkaIdentifier, ReadOptions, Source } from './sources/source.ts';
export type { StandardSchema } from './standard-schema.ts';
export type { Invocation, Technique } from './technique.ts';
export type { Work, WorkContext } from './work.ts';
