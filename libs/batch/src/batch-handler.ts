import type { Batch } from './batch.ts';
import { checkDeadlineOptions, startDeadline, type Deadline, type DeadlineOptions } from './deadline.ts';
import { checkNode } from './check-node.ts';
import { describe } from './describe.ts';
import { FullFailureError, InvalidOptionError } from './errors.ts';
import { logOutcomes } from './log-outcomes.ts';
import type { Message } from './message.ts';
import type { Outcome } from './outcome.ts';
import { readBatch } from './read-batch.ts';
import { checkResponse, checkWholeBatch, respond } from './respond.ts';
import type { BatchResponse, KafkaIdentifier, ReadOptions } from './sources/source.ts';
import { checkOptions } from './technique/check-options.ts';
import type { Technique } from './technique/technique.ts';
import { contextOf, type InvocationInfo, type WorkContext } from './work.ts';

/** The part of Lambda's context object that `batchHandler` reads. */
export interface LambdaContext {
  readonly awsRequestId?: string;
  readonly invokedFunctionArn?: string;
  readonly functionName?: string;
  readonly functionVersion?: string;
  getRemainingTimeInMillis?(): number;
}

/**
 * A Lambda handler for batches, assignable to the handler types of `@types/aws-lambda`. Without a context there is no
 * deadline.
 */
export interface BatchHandler {
  /** Handles a batch of SQS, Kinesis or DynamoDB Streams. */
  (event: { readonly Records: readonly unknown[] }, context?: LambdaContext): Promise<BatchResponse<string>>;
  /** Handles a batch of Kafka. */
  (
    event: { readonly records: Readonly<Record<string, readonly unknown[]>> },
    context?: LambdaContext,
  ): Promise<BatchResponse<KafkaIdentifier>>;
  /** Handles a batch of Kafka as `MSKHandler` and `SelfManagedKafkaHandler`, which declare no response. */
  (
    event: { readonly records: Readonly<Record<string, readonly unknown[]>> },
    context: LambdaContext | undefined,
    callback: unknown,
  ): Promise<void>;
  (event: unknown, context?: LambdaContext): Promise<BatchResponse>;
}

/** What became of a batch. */
export interface BatchEnd {
  readonly messages: readonly Message[];
  /** One a message, in the same order. */
  readonly outcomes: readonly Outcome[];
  /** How long the technique worked on it, in milliseconds. */
  readonly durationMs: number;
  readonly context: WorkContext;
}

/** How a batch is read, wound up and answered. */
export interface BatchHandlerOptions extends DeadlineOptions, ReadOptions {
  /**
   * What to do when not one message of a batch succeeded: report them all, or throw, so that the invocation counts as
   * an error and a stream's mapping may bisect the batch.
   * @default 'report'
   */
  readonly onFullFailure?: 'report' | 'throw';
  /**
   * Told of every batch before it is answered, for metrics and logs; the answer waits for it, but not past the time
   * that Lambda leaves. What it throws is logged and changes nothing: the messages are done.
   */
  readonly onBatchEnd?: (end: BatchEnd) => unknown;
}

/**
 * Makes the Lambda handler of a technique: reads the batch, has it worked on, and answers with the messages that
 * must be delivered again. All that it keeps of a batch is in its own call, so that several invocations can run
 * in one process at a time.
 *
 * @example
 * export const handler = batchHandler(promiseWorkers({ work, workers: 100 }));
 *
 * @param technique how the batch is worked on
 * @throws {InvalidOptionError} at once, when an option is out of range
 * @returns the handler; it rejects with an {@link InvalidEventError} when the event is not a batch, and with a
 * {@link FullFailureError} where `onFullFailure` says so, or a {@link PartialFailureError} where the source redelivers
 * whole batches only
 */
export function batchHandler(technique: Technique, options: BatchHandlerOptions = {}): BatchHandler {
  checkNode();
  checkTechnique(technique);
  checkOptions('batchHandler', options, knownOptions);
  checkDeadlineOptions(options);
  checkChoice('onFullFailure', options.onFullFailure, ['report', 'throw']);
  checkChoice('kafkaLanes', options.kafkaLanes, ['partition', 'key']);
  async function handler(event: unknown, lambda?: LambdaContext): Promise<BatchResponse> {
    const batch = readBatch(event, options);
    const remainingMs = lambda?.getRemainingTimeInMillis?.();
    using deadline = startDeadline(remainingMs, options);
    const info = readInvocation(lambda ?? {}, remainingMs, deadline);
    const context = contextOf(info, deadline.signal);
    // Not by `performance`: Node loads it when it is first used, which takes 3 ms of a cold start.
    const startedAt = process.hrtime.bigint();
    const outcomes = await technique(batch, { deadline, context });
    const durationMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
    // A promise that `work` let go of may have rejected: Node tells of it after this turn, and the runtime then
    // fails the invocation. Answering before would delete a message that did not succeed.
    await new Promise((resolve) => setImmediate(resolve));
    const response = respond(batch, outcomes);
    checkResponse(batch, response);
    logOutcomes(batch, outcomes);
    await runHook(options.onBatchEnd, { messages: batch.messages, outcomes, durationMs, context }, deadline);
    if (options.onFullFailure === 'throw') throwFullFailure(batch, outcomes);
    checkWholeBatch(batch, outcomes);
    return response;
  }

  return handler as BatchHandler;
}

function readInvocation(
  lambda: LambdaContext & { readonly xRayTraceId?: unknown },
  remainingMs: number | undefined,
  deadline: Deadline,
): InvocationInfo {
  const { xRayTraceId } = lambda;
  return {
    deadlineMs: deadline.atMs,
    timeoutAtMs: remainingMs === undefined ? undefined : Date.now() + remainingMs,
    awsRequestId: lambda.awsRequestId,
    invokedFunctionArn: lambda.invokedFunctionArn,
    functionName: lambda.functionName,
    functionVersion: lambda.functionVersion,
    // The environment variable is not set where one process handles several invocations at a time.
    traceId: typeof xRayTraceId === 'string' ? xRayTraceId : process.env._X_AMZN_TRACE_ID,
  };
}

async function runHook(
  hook: BatchHandlerOptions['onBatchEnd'],
  end: BatchEnd,
  { mustRespond }: Deadline,
): Promise<void> {
  if (!hook) return;
  try {
    const done = Promise.resolve(hook(end)).then(() => true);
    const inTime = await Promise.race([done, mustRespond.then(() => false)]);
    if (!inTime) console.error('onBatchEnd did not end in time: it was abandoned while still running');
  } catch (error) {
    console.error('onBatchEnd failed:', error);
  }
}

function throwFullFailure({ messages }: Batch, outcomes: readonly Outcome[]): void {
  if (messages.length === 0 || outcomes.some(({ status }) => status === 'succeeded')) return;
  const causes = outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.error] : []));
  throw new FullFailureError(`None of ${messages.length} messages succeeded`, { cause: causes[0] });
}

const knownOptions = [
  'marginMs',
  'graceMs',
  'onFullFailure',
  'onBatchEnd',
  'kafkaLanes',
] as const satisfies readonly (keyof BatchHandlerOptions)[];

function checkTechnique(technique: unknown): void {
  if (typeof technique === 'function') return;
  throw new InvalidOptionError(
    `The first argument of batchHandler must be a technique, such as promiseWorkers({ work }), not ${describe(technique)}.`,
  );
}

function checkChoice(name: string, value: string | undefined, choices: readonly string[]): void {
  if (value === undefined || choices.includes(value)) return;
  throw new InvalidOptionError(`${name} must be ${choices.join(' or ')}, not ${describe(value)}`);
}
