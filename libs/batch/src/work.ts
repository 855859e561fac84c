import { MAX_TIMEOUT_MS } from './function-timeout.ts';
import type { Message } from './message.ts';

/** The invocation that a message belongs to, as plain data: it crosses to a thread unchanged. */
export interface InvocationInfo {
  /** The deadline, in milliseconds since the epoch; `undefined` without a Lambda context. */
  readonly deadlineMs: number | undefined;
  /** Lambda's timeout, in milliseconds since the epoch; `undefined` without a Lambda context. */
  readonly timeoutAtMs: number | undefined;
  /** `awsRequestId` of the Lambda context. */
  readonly awsRequestId: string | undefined;
  /** `invokedFunctionArn` of the Lambda context. */
  readonly invokedFunctionArn: string | undefined;
  /** `functionName` of the Lambda context. */
  readonly functionName: string | undefined;
  /** `functionVersion` of the Lambda context. */
  readonly functionVersion: string | undefined;
  /**
   * The X-Ray trace header of the invocation (`Root=1-…;Parent=…;Sampled=1`): from the Lambda context, else from the
   * environment variable `_X_AMZN_TRACE_ID`.
   */
  readonly traceId: string | undefined;
  /** The span of the invocation as a W3C `traceparent`, if a subscriber to the channel `parallel-lambda:invocation` has set it. */
  readonly traceparent?: string | undefined;
}

/**
 * Event of the channel `parallel-lambda:invocation` of `node:diagnostics_channel`, published before a batch is processed. A subscriber
 * can set `traceparent` to the span of the invocation: then the context of every message has it, in threads too.
 */
export type InvocationStart = Omit<InvocationInfo, 'traceparent'> & { traceparent?: string | undefined };

/**
 * Second argument of `work`. One object for all messages of a batch. Its names are those of Lambda's own context,
 * so it can be passed to a library that asks for one, such as Powertools' idempotency.
 */
export interface WorkContext extends InvocationInfo {
  /**
   * Aborted at the deadline. Pass it to every call that waits (`fetch(url, { signal })`): work that respects it ends in
   * time, other work is abandoned, interrupted or terminated.
   */
  readonly signal: AbortSignal;
  /**
   * Returns the time until Lambda's timeout, in milliseconds. Without a Lambda context it counts down from 15 minutes, the
   * longest timeout of a function outside of Managed Instances.
   */
  readonly getRemainingTimeInMillis: () => number;
}

/**
 * Creates the context of a batch.
 *
 * @param info of the invocation; missing properties are `undefined` in the context
 */
export function contextOf(info: Partial<InvocationInfo>, signal: AbortSignal): WorkContext {
  const { timeoutAtMs = Date.now() + MAX_TIMEOUT_MS } = info;
  const getRemainingTimeInMillis = (): number => timeoutAtMs - Date.now();
  return { ...(info as InvocationInfo), signal, getRemainingTimeInMillis };
}

/** Returns the part of a context that is plain data, to send it to a thread. */
export function infoOf(context: Partial<InvocationInfo>): InvocationInfo {
  return {
    deadlineMs: context.deadlineMs,
    timeoutAtMs: context.timeoutAtMs,
    awsRequestId: context.awsRequestId,
    invokedFunctionArn: context.invokedFunctionArn,
    functionName: context.functionName,
    functionVersion: context.functionVersion,
    traceId: context.traceId,
    traceparent: context.traceparent,
  };
}

/** A property that is not a method. */
type NoMethod = string | number | boolean | null | undefined | (object & { readonly bind?: undefined });

/**
 * A value that `work` may return: any data, which is ignored. A value that still has to be run is not assignable: an Effect,
 * a generator, iterator or stream, an Observable, a timer, a function. Neither is a Result, which may be a failure, nor `unknown`:
 * await the value and return nothing.
 */
export type WorkResult =
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what an async function without a result promises
  | void
  | undefined
  | null
  | string
  | number
  | bigint
  | boolean
  | symbol
  | (object & {
      readonly '~effect/Effect'?: undefined;
      readonly '~effect/Stream'?: undefined;
      readonly '~effect/Result'?: undefined;
      readonly next?: NoMethod;
      readonly [Symbol.asyncIterator]?: undefined;
      readonly subscribe?: NoMethod;
      readonly hasRef?: NoMethod;
      readonly isErr?: NoMethod;
      readonly isLeft?: NoMethod;
      /** A promise is checked by its value. */
      readonly then?: undefined;
      /** Functions have it. */
      readonly bind?: undefined;
    });

/**
 * Processes one message: your function. The message succeeds when it returns or its promise is fulfilled, and fails when
 * it throws or rejects, with any value. It also fails when the value is a failure that was returned instead of thrown, such as
 * an error, a `Response` whose `ok` is false, or a rejected result of `Promise.allSettled`.
 *
 * @typeParam SourceRecord the type of `message.record`, such as `SQSRecord` of `@types/aws-lambda`; it is not checked
 */
export type Work<SourceRecord = unknown> = (
  message: Message<SourceRecord>,
  context: WorkContext,
) => WorkResult | PromiseLike<WorkResult>;
