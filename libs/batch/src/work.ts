import type { Message } from './message.ts';

/** What `work` is told of the invocation it runs in. One object for all messages of a batch. */
export interface WorkContext {
  /**
   * Aborted at the deadline. Hand it to whatever waits (`fetch(url, { signal })`): work that heeds it ends in
   * time, work that ignores it is given up.
   */
  readonly signal: AbortSignal;
  /** The deadline in milliseconds since the epoch; `undefined` without a Lambda context. */
  readonly deadlineMs: number | undefined;
  /** `awsRequestId` of the Lambda context. */
  readonly requestId: string | undefined;
  /** `invokedFunctionArn` of the Lambda context. */
  readonly functionArn: string | undefined;
}

/**
 * The user's function: one message in, nothing out. A message has succeeded when `work` returns or its promise
 * is fulfilled, and has failed when it throws or rejects, with whatever value.
 *
 * @typeParam SourceRecord the type of `message.record`, such as `SQSRecord` of `@types/aws-lambda`: taken on trust
 */
export type Work<SourceRecord = unknown> = (message: Message<SourceRecord>, context: WorkContext) => unknown;
