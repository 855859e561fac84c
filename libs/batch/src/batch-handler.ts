import { runHooks, type BatchEndHook } from './batch-end.ts';
import type { Batch } from './batch.ts';
import { checkNode } from './check-node.ts';
import {
  checkDeadlineOptions,
  startDeadline,
  type DeadlineOptions,
  type RunningDeadline,
} from './deadline.ts';
import { FullFailureError } from './errors.ts';
import { invocationInfoOf, remainingTimeOf, type LambdaContext } from './lambda-context.ts';
import { logOutcomes } from './log-outcomes.ts';
import { log, type Logger } from './logger.ts';
import { readBatch } from './read-batch.ts';
import { redeliver, type Redelivered, type Redelivery } from './redelivery.ts';
import { checkResponse, checkWholeBatch, respond } from './respond.ts';
import { runTechnique } from './run-technique.ts';
import type { BatchResponse, KafkaIdentifier, ReadOptions } from './sources/source.ts';
import { stopwatch } from './stopwatch.ts';
import { checkFunction, checkOption, checkOptions } from './technique/check-options.ts';
import type { Invocation, Technique } from './technique/technique.ts';
import { contextOf } from './work.ts';

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

/** Options of `batchHandler`. */
export interface BatchHandlerOptions extends DeadlineOptions, ReadOptions {
  /**
   * The result of a batch in which no message succeeded: a response that reports all messages, or an error, so that the
   * invocation counts as failed and a stream's mapping can bisect the batch.
   * @default 'report'
   */
  readonly onFullFailure?: 'report' | 'throw';
  /**
   * Delays or parks messages that did not succeed: `sqsRedelivery()` of `@parallel-lambda/sqs` delays and parks them. It
   * has until halfway between the end of the grace period and Lambda's timeout; the default of `marginMs` is then 2,000. If
   * it fails or takes too long, these messages are ordinary failures.
   */
  readonly redelivery?: Redelivery;
  /**
   * Called after each batch and before its response, for metrics and logs: a function, or several functions, which run in
   * parallel. The response waits for them, but no longer than until halfway between the end of the grace period and
   * Lambda's timeout. An error that one of them throws is logged and changes nothing.
   */
  readonly onBatchEnd?: BatchEndHook | readonly BatchEndHook[];
  /**
   * Logger of the messages that are redelivered, with the reasons, and of faults of the technique, such as a thread that
   * cannot load its work module. Faults before the first batch are logged to the console. It never logs the body of a
   * message.
   * @default console
   */
  readonly logger?: Logger;
}

/** Default margin with a redelivery, in milliseconds: its first call loads a client and connects to its service. */
const REDELIVERY_MARGIN_MS = 2_000;

const knownOptions = [
  'marginMs',
  'graceMs',
  'onFullFailure',
  'redelivery',
  'onBatchEnd',
  'logger',
  'kafkaLanes',
] as const satisfies readonly (keyof BatchHandlerOptions)[];

/**
 * Creates the Lambda handler of a technique. The handler reads the batch, has the technique process it, and responds with the
 * messages that must be redelivered. It keeps nothing of a batch, so several invocations can run in one process.
 *
 * Work that calls a handler needs another technique for it: with the same one, it can wait for its own worker until the deadline.
 *
 * @example
 * export const handler = batchHandler(promiseWorkers({ work, workers: 100 }));
 *
 * @param technique processes the batch, such as `promiseWorkers({ work })`
 * @throws {InvalidOptionError} immediately, when an option is unknown or out of range
 * @returns the handler. It rejects with an {@link InvalidEventError} when the event is not a batch, and with a
 * {@link FullFailureError} when no message succeeded and `onFullFailure` is `'throw'`, or a {@link PartialFailureError}
 * when a message failed and the source redelivers whole batches only.
 */
export function batchHandler(technique: Technique, options: BatchHandlerOptions = {}): BatchHandler {
  checkNode();
  checkFunction('The technique, such as promiseWorkers({ work }),', technique);
  const { logger, hooks, marginMs = 0 } = checkHandlerOptions(options);
  let hasWarned = false;

  async function handler(event: unknown, lambda?: LambdaContext): Promise<BatchResponse> {
    const batch = readBatch(event, options);
    const remainingMs = remainingTimeOf(lambda);
    if (remainingMs !== undefined && marginMs > remainingMs / 2 && !hasWarned) {
      hasWarned = true;
      const remaining = `${Math.round(remainingMs)} ms that remain`;
      const advice = 'Use a smaller marginMs or a longer timeout.';
      log(
        logger,
        'warn',
        `marginMs (${marginMs}) is more than half of the ${remaining}, so half is used. ${advice}`,
      );
    }
    const deadline = startDeadline(remainingMs, options, options.redelivery && REDELIVERY_MARGIN_MS);
    const timeoutAtMs = remainingMs === undefined ? undefined : Date.now() + remainingMs;
    const info = invocationInfoOf(lambda, { deadlineMs: deadline.atMs, timeoutAtMs });
    // Not an `import`: without it, the CommonJS of this package also works in a bundle of ES modules.
    process.getBuiltinModule('node:diagnostics_channel').channel('parallel-lambda:invocation').publish(info);
    const context = contextOf(info, deadline.signal);
    // Not `using`, whose substitute for Node.js 22 takes 900 bytes of a bundle.
    try {
      return await handleBatch(batch, { deadline, context, logger });
    } finally {
      deadline[Symbol.dispose]();
    }
  }

  async function handleBatch(batch: Batch, invocation: HandlerInvocation): Promise<BatchResponse> {
    const { deadline, context } = invocation;
    const elapsedMs = stopwatch();
    let ended: Redelivered = { outcomes: await runTechnique(technique, batch, invocation), fates: [] };
    const durationMs = elapsedMs();
    let response = respond(batch, ended.outcomes);
    if (options.redelivery && response.batchItemFailures.length > 0) {
      const run = { technique, invocation, durationMs, logger };
      ended = await redeliver(options.redelivery, batch, ended.outcomes, run);
      response = respond(batch, ended.outcomes, ended.fates);
    }
    checkResponse(batch, response);
    logOutcomes(batch, ended.outcomes, logger, deadline.lastCallMs, ended.fates);
    const end = { ...ended, messages: batch.messages, durationMs, context };
    await runHooks(hooks, end, invocation);
    if (options.onFullFailure === 'throw') throwFullFailure(batch, ended);
    checkWholeBatch(batch, response);
    return response;
  }

  return handler as BatchHandler;
}

interface HandlerInvocation extends Invocation {
  readonly deadline: RunningDeadline;
  readonly logger: Logger;
}

function throwFullFailure({ messages }: Batch, { outcomes, fates }: Redelivered): void {
  if (messages.length === 0 || fates.includes('parked')) return;
  if (outcomes.some(({ status }) => status === 'succeeded')) return;
  const failed = outcomes.find((outcome) => outcome.status === 'failed');
  throw new FullFailureError(`None of ${messages.length} messages succeeded`, { cause: failed?.error });
}

function checkHandlerOptions(
  options: BatchHandlerOptions,
): DeadlineOptions & { readonly logger: Logger; readonly hooks: readonly BatchEndHook[] } {
  checkOptions('batchHandler', options, knownOptions);
  checkDeadlineOptions(options);
  const { onFullFailure, kafkaLanes, redelivery, onBatchEnd = [], logger = console } = options;
  checkChoice('onFullFailure', onFullFailure, ['report', 'throw']);
  checkChoice('kafkaLanes', kafkaLanes, ['partition', 'key']);
  if (redelivery !== undefined) checkFunction('redelivery', redelivery);
  const hooks = [onBatchEnd].flat();
  for (const hook of hooks) checkFunction('onBatchEnd', hook);
  const { error, warn } = Object(logger) as Partial<Logger>;
  checkFunction('logger.error', error);
  checkFunction('logger.warn', warn);
  return { ...options, logger, hooks };
}

function checkChoice(name: string, value: string | undefined, choices: readonly string[]): void {
  checkOption(name, choices.join(' or '), value, value === undefined || choices.includes(value));
}
