import { checkOption } from './technique/check-options.ts';
import type { InvocationInfo } from './work.ts';

/** The part of Lambda's context object that `batchHandler` reads. */
export interface LambdaContext {
  /** The identifier of the invocation. */
  readonly awsRequestId?: string;
  /** The ARN by which the function was invoked. */
  readonly invokedFunctionArn?: string;
  /** The name of the function. */
  readonly functionName?: string;
  /** The version of the function. */
  readonly functionVersion?: string;
  /** Returns the time until Lambda's timeout, in milliseconds. Without it there is no deadline. */
  readonly getRemainingTimeInMillis?: () => number;
}

/**
 * Returns the time until Lambda's timeout, in milliseconds; `undefined` without a context.
 *
 * @throws {InvalidOptionError} when the context has a `getRemainingTimeInMillis` that does not return a number
 */
export function remainingTimeOf(lambda: LambdaContext | undefined): number | undefined {
  const method: unknown = lambda?.getRemainingTimeInMillis;
  if (method === undefined) return undefined;
  const remainingMs: unknown = typeof method === 'function' ? (method.call(lambda) as unknown) : method;
  const isTime = typeof method === 'function' && Number(remainingMs) === remainingMs;
  checkOption(
    'getRemainingTimeInMillis of the context',
    'a function that returns milliseconds',
    remainingMs,
    isTime,
  );
  return remainingMs === Infinity ? undefined : (remainingMs as number);
}

/** Returns the part of the context that all messages of an invocation share. */
export function invocationInfoOf(
  lambda: (LambdaContext & { readonly xRayTraceId?: string }) | undefined,
  given: Pick<InvocationInfo, 'deadlineMs' | 'timeoutAtMs'>,
): InvocationInfo {
  return {
    ...given,
    awsRequestId: lambda?.awsRequestId,
    invokedFunctionArn: lambda?.invokedFunctionArn,
    functionName: lambda?.functionName,
    functionVersion: lambda?.functionVersion,
    // The environment variable is not set where one process handles concurrent invocations.
    traceId: lambda?.xRayTraceId ?? process.env._X_AMZN_TRACE_ID,
  };
}
