import type { InvocationResult } from '@parallel-lambda/local-lambda';

import type { AsynchronousDefinition } from '../stack/asynchronous-definition.ts';
import { functionArn } from '../stack/names.ts';
import type { Deliver } from './deliver.ts';
import { isThrottled } from './throttled.ts';

/** Delays of Lambda's retries of an asynchronous event. */
const retriesAfterMs = [60_000, 120_000] as const;
const longestAgeMs = 6 * 60 * 60 * 1000;
const throttlePauseMs = { first: 1_000, longest: 5 * 60 * 1000 } as const;

/** Function and surroundings of asynchronous events. */
export interface AsynchronousContext {
  /** Invokes the function once. @throws {LabError} `throttled` */
  readonly invoke: (event: unknown) => Promise<InvocationResult>;
  readonly deliver: Deliver;
  /** Waits, unless the function is not served any more. */
  readonly pause: (ms: number) => Promise<void>;
  /** A clock in milliseconds. */
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
}

/** End of an asynchronous event, by the name of its condition in the record of a destination. */
interface EventEnd {
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  readonly invocations: number;
  /** The last one. */
  readonly result: InvocationResult | undefined;
}

/**
 * Processes an asynchronous event: retried twice by default, after one minute and after two, and kept for up to six hours
 * while the function is throttled. Then its destinations receive it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export async function processLater(
  event: unknown,
  definition: AsynchronousDefinition,
  context: AsynchronousContext,
): Promise<void> {
  const end = await invokeUntilDone(event, definition, context);
  if (!end) return;
  const { functionName, onSuccess, onFailure, deadLetters } = definition;
  const succeeded = end.condition === 'Success';
  const destination = succeeded ? onSuccess : onFailure;
  if (destination !== undefined) {
    await context.deliver(destination, { body: JSON.stringify(recordOf(functionName, event, end)) });
  }
  if (!succeeded && deadLetters !== undefined) {
    await context.deliver(deadLetters, { body: JSON.stringify(event), attributes: errorOf(end) });
  }
}

/** @returns nothing if the function is not served any more */
async function invokeUntilDone(
  event: unknown,
  { maximumRetries = retriesAfterMs.length, maximumAgeMs = longestAgeMs }: AsynchronousDefinition,
  { invoke, pause, nowMs, signal }: AsynchronousContext,
): Promise<EventEnd | undefined> {
  const untilMs = nowMs() + maximumAgeMs;
  let [invocations, throttledMs]: [number, number] = [0, throttlePauseMs.first];
  let result: InvocationResult | undefined;
  while (!signal.aborted) {
    if (nowMs() >= untilMs) return { condition: 'EventAgeExceeded', invocations, result };
    let waitMs = throttledMs;
    try {
      result = await invoke(event);
      if (result.status === 'success') return { condition: 'Success', invocations: invocations + 1, result };
      waitMs = retriesAfterMs[invocations] ?? 0;
      invocations += 1;
      if (invocations > maximumRetries) return { condition: 'RetriesExhausted', invocations, result };
    } catch (error) {
      if (!isThrottled(error)) return undefined;
      throttledMs = Math.min(2 * throttledMs, throttlePauseMs.longest);
    }
    await pause(waitMs);
  }
  return undefined;
}

/** The record of a destination. */
function recordOf(
  functionName: string,
  requestPayload: unknown,
  { condition, invocations, result }: EventEnd,
): object {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      ...(result && { requestId: result.requestId }),
      functionArn: `${functionArn(functionName)}:$LATEST`,
      condition,
      approximateInvokeCount: invocations,
    },
    requestPayload,
    ...(result && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(result.status !== 'success' && { functionError: result.functionError }),
      },
      responsePayload: result.status === 'success' ? result.payload : result.error,
    }),
  };
}

/** The attributes of a dead letter. */
function errorOf({ result }: EventEnd): Readonly<Record<string, string>> {
  if (!result) return {};
  return {
    RequestID: result.requestId,
    ErrorCode: '200',
    ...(result.status !== 'success' && {
      ErrorMessage: result.error.errorMessage.slice(0, 1024) || 'Unknown',
    }),
  };
}
