export type { Batch } from './batch.ts';
export { batchHandler, type BatchHandler, type LambdaContext } from './batch-handler.ts';
export { DeadlineReached, startDeadline, type Deadline, type DeadlineOptions } from './deadline.ts';
export { describe } from './describe.ts';
export {
  InvalidEventError,
  InvalidOptionError,
  InvalidResponseError,
  ParallelLambdaError,
} from './errors.ts';
export type { Lane, Message } from './message.ts';
export { abandoned, notStarted, stopped, succeeded, type Outcome, type UnfinishedReason } from './outcome.ts';
export { readBatch } from './read-batch.ts';
export { respond } from './respond.ts';
export { readSetting, type Setting } from './setting.ts';
export type { BatchResponse, Source } from './sources/source.ts';
export type { Invocation, Technique } from './technique.ts';
export type { Work, WorkContext } from './work.ts';
