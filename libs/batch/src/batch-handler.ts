import { checkDeadlineOptions, startDeadline, type DeadlineOptions } from './deadline.ts';
import { logOutcomes } from './log-outcomes.ts';
import { readBatch } from './read-batch.ts';
import { checkResponse, respond } from './respond.ts';
import type { BatchResponse } from './sources/source.ts';
import type { Technique } from './technique.ts';

/** What `batchHandler` needs of Lambda's context object. */
export interface LambdaContext {
  readonly awsRequestId?: string;
  readonly invokedFunctionArn?: string;
  getRemainingTimeInMillis?(): number;
}

/** A Lambda handler for batches; without a context there is no deadline. */
export type BatchHandler = (event: unknown, context?: LambdaContext) => Promise<BatchResponse>;

/**
 * Makes the Lambda handler of a technique: reads the batch, has it worked on, and answers with the messages that
 * must be delivered again. All that it keeps of a batch is in its own call, so that several invocations can run
 * in one process at a time.
 *
 * @example
 * export const handler = batchHandler(promiseWorkers({ work, workers: 100 }));
 *
 * @param technique how the batch is worked on
 * @throws {InvalidOptionError} at once, when margin or grace is out of range
 * @returns the handler; it rejects with an {@link InvalidEventError} when the event is not a batch
 */
export function batchHandler(technique: Technique, options: DeadlineOptions = {}): BatchHandler {
  checkDeadlineOptions(options);
  return async function handler(event, lambda) {
    const batch = readBatch(event);
    using deadline = startDeadline(lambda?.getRemainingTimeInMillis?.(), options);
    const context = {
      signal: deadline.signal,
      deadlineMs: deadline.atMs,
      requestId: lambda?.awsRequestId,
      functionArn: lambda?.invokedFunctionArn,
    };
    const outcomes = await technique(batch, { deadline, context });
    // A promise that `work` let go of may have rejected: Node tells of it after this turn, and the runtime then
    // fails the invocation. Answering before would delete a message that did not succeed.
    await new Promise((resolve) => setImmediate(resolve));
    const response = respond(batch, outcomes);
    checkResponse(batch, response);
    logOutcomes(batch, outcomes);
    return response;
  };
}
