import type { Message, Redelivery } from '@parallel-lambda/batch';
import { checkFunction, checkOption, checkOptions } from '@parallel-lambda/batch/technique';

import { checkBackoff, type Backoff } from './backoff.ts';
import { readParkingQueue } from './queue-url.ts';
import type { SqsCalls } from './sqs-calls.ts';

/** Options for `sqsRedelivery`. */
export interface SqsRedeliveryOptions {
  /**
   * The delay of every message of SQS that failed without `RetryLater`: exponential, by its number of deliveries.
   * @default none: such a message is retried when its visibility timeout ends
   */
  readonly backoff?: Backoff;
  /**
   * The delay of messages of SQS that `adaptive` workers held back because everything failed. Each delivery counts, so it is longer
   * than that of a failure.
   * @default { firstSeconds: 60 }
   */
  readonly heldBack?: Backoff;
  /**
   * `'immediately'`: messages of SQS that were not started because of the deadline become visible immediately. Each delivery counts, so
   * set `maxReceiveCount` of the queue high enough.
   * @default none: they become visible when their visibility timeout ends
   */
  readonly unfinished?: 'immediately';
  /**
   * The URL of the parking queue, standard or FIFO, for messages that are given up. The environment variable
   * `PARKING_QUEUE_URL` overrides it.
   * @default none: a message that is given up is an ordinary failure
   */
  readonly park?: string;
  /**
   * Gives a message up because of any other error, for example one of validation. An error from a thread keeps its `name`, but
   * not its class.
   * @default none: only `GiveUp` gives a message up
   */
  readonly giveUpOn?: (error: unknown, message: Message) => boolean;
  /**
   * The longest time for parking, and again for delaying, in milliseconds, 100 to 900,000. The deadline of the batch shortens it.
   * @default 5,000
   */
  readonly timeoutMs?: number;
  /**
   * A client: `new SQS({ … })` of `@aws-sdk/client-sqs`.
   * @default a client with the settings of the environment, created at the first call
   */
  readonly client?: SqsCalls;
}

const knownOptions = [
  'backoff',
  'heldBack',
  'unfinished',
  'park',
  'giveUpOn',
  'timeoutMs',
  'client',
] as const satisfies readonly (keyof SqsRedeliveryOptions)[];

const DEFAULT_TIMEOUT_MS = 5_000;
const DEFAULT_HELD_BACK: Backoff = { firstSeconds: 60 };

/**
 * Delays and parks messages that did not succeed.
 *
 * - SQS: `RetryLater`, `backoff`, `heldBack` and `unfinished` set the visibility timeout of a message. The messages of a
 *   FIFO group wait together.
 * - Every source: `GiveUp` sends the message, or a record of the failure, to the parking queue. The rest of its lane
 *   continues.
 * - Streams and Kafka: after `RetryLater` the message waits in place and is retried, if the deadline allows.
 *
 * A message that is not delayed or parked in time is an ordinary failure. The AWS SDK is loaded at the first call.
 * @example
 * export const handler = batchHandler(promiseWorkers({ work }), {
 *   redelivery: sqsRedelivery({ backoff: { firstSeconds: 10 }, park: parkingQueueUrl }),
 * });
 *
 * @returns the option `redelivery` of `batchHandler`
 * @throws {InvalidOptionError} when an option is unknown or out of range, or `PARKING_QUEUE_URL` is not the URL of a queue
 */
export function sqsRedelivery(options: SqsRedeliveryOptions = {}): Redelivery {
  checkOptions('sqsRedelivery', options, knownOptions);
  const { backoff, heldBack = DEFAULT_HELD_BACK, unfinished, giveUpOn } = options;
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  if (backoff) checkBackoff('backoff', backoff);
  checkBackoff('heldBack', heldBack);
  checkOption(
    'unfinished of sqsRedelivery',
    "'immediately'",
    unfinished,
    unfinished === undefined || (unfinished as string) === 'immediately',
  );
  if (giveUpOn !== undefined) checkFunction('giveUpOn of sqsRedelivery', giveUpOn);
  checkOption(
    'timeoutMs of sqsRedelivery',
    'a number of milliseconds from 100 to 900000',
    timeoutMs,
    timeoutMs >= 100 && timeoutMs <= 900_000,
  );
  checkOption(
    'client of sqsRedelivery',
    'a client with sendMessageBatch and changeMessageVisibilityBatch, such as new SQS({}) of @aws-sdk/client-sqs (not SQSClient)',
    options.client,
    options.client === undefined || isClient(options.client),
  );
  const settings = { backoff, heldBack, unfinished, giveUpOn, park: readParkingQueue(options.park) };
  let client: Promise<SqsCalls> | undefined;

  return async (request) => {
    // With the AWS SDK, loaded when the first message does not succeed: a cold start does not pay for it.
    const { createClient, QueueCalls, RedeliveryRun } = await import('./first-use.ts');

    function connect(): Promise<SqsCalls> {
      client ??= (options.client ? Promise.resolve(options.client) : createClient()).catch(
        (error: unknown) => {
          client = undefined;
          throw error;
        },
      );
      return client;
    }

    const run = new RedeliveryRun(request, settings, new QueueCalls(request, { connect, timeoutMs }));
    for (let goesOn = true; goesOn;) goesOn = await run.processAgain(await run.park());
    await run.delay();
    return run.fates;
  };
}

function isClient(client: unknown): boolean {
  const { sendMessageBatch, changeMessageVisibilityBatch } = Object(client) as Partial<SqsCalls>;
  return typeof sendMessageBatch === 'function' && typeof changeMessageVisibilityBatch === 'function';
}
