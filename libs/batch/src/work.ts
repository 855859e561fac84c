import type { Message } from './message.ts';

/** The invocation that a message belongs to, as plain data: it crosses to a thread unchanged. */
export interface InvocationInfo {
  /** The deadline, in milliseconds since the epoch; `undefined` without a Lambda context. */
  readonly deadlineMs: number | undefined;
  /** `awsRequestId` of the Lambda context. */
  readonly requestId: string | undefined;
  /** `invokedFunctionArn` of the Lambda context. */
  readonly functionArn: string | undefined;
}

/** What `work` gets beside its message. One object for all messages of a batch. */
export interface WorkContext extends InvocationInfo {
  /**
   * Aborted at the deadline. Pass it to whatever waits (`fetch(url, { signal })`): work that respects it ends in time,
   * other work is abandoned, interrupted or terminated.
   */
  readonly signal: AbortSignal;
}

/** Creates the context of a batch. */
export function contextOf(info: InvocationInfo, signal: AbortSignal): WorkContext {
  return { ...info, signal };
}

/**
 * Processes one message: your function. The message succeeds when it returns or its promise is fulfilled, and fails when
 * it throws or rejects, with whatever value.
 *
 * @typeParam SourceRecord the type of `message.record`, such as `SQSRecord` of `@types/aws-lambda`; it is not checked
 */
export type Work<SourceRecord = unknown> = (message: Message<SourceRecord>, context: WorkContext) => unknown;
