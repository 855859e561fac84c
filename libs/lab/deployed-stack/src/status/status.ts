import { setTimeout as sleep } from 'node:timers/promises';

import type { SQSClient } from '@aws-sdk/client-sqs';
import { LabError } from '@parallel-lambda/local-lambda';

import { Queue, sqsClient, type QueueDepth } from '../queue.ts';
import { findStack, type DeployedStack, type StackFunction } from '../stack.ts';
import { functionMetrics, type FunctionMetrics } from './function-metrics.ts';

/** The status of a function, its queue, its dead-letter queue and its parking queue. */
export interface FunctionStatus {
  /** Name of the function in the lab. */
  readonly function: string;
  /** True if it receives messages of a queue, a stream, a table or a topic. */
  readonly hasSource: boolean;
  /** `null` for a stream or topic, which has no count of messages, and without a source. */
  readonly queue: QueueDepth | null;
  readonly deadLetters: number | null;
  /** `null` without a parking queue. */
  readonly parked: number | null;
  /** `null` if CloudWatch has none. */
  readonly metrics: FunctionMetrics | null;
}

/** The status of a stack. */
export interface StackStatus {
  readonly functions: readonly FunctionStatus[];
  /** The reason why there are no metrics. */
  readonly metricsError?: string;
}

/** Options for {@link readStatus} and {@link watchStatus}. */
export interface StatusOptions {
  /** Name of the stack. */
  readonly stack: string;
  /** Period of the metrics. */
  readonly minutes: number;
}

/** CloudWatch has one value per minute, and each request costs money. */
const metricsPeriodMs = 60_000;

const pauseMs = 2_000;

/** The numbers of SQS are approximate, so one read without messages is not enough. */
const emptyReadsWhenDrained = 2;

/**
 * Reads the status of a deployed stack.
 *
 * @throws {LabError} if it is not deployed, or a queue cannot be read
 */
export async function readStatus({ stack, minutes }: StatusOptions): Promise<StackStatus> {
  return new StatusReader(await findStack(stack), minutes).read();
}

/**
 * Reads the status of a deployed stack until its queues are drained. The last value is the final status. Streams and
 * topics have no count of messages: a stack without queues is read once.
 *
 * @param pause between two reads. @default 2 s
 */
export async function* watchStatus(
  { stack, minutes }: StatusOptions,
  pause: () => Promise<unknown> = () => sleep(pauseMs),
): AsyncGenerator<StackStatus, void> {
  const reader = new StatusReader(await findStack(stack), minutes);
  for (let emptyReads = 0; ;) {
    const status = await reader.read();
    yield status;
    const queues = status.functions.filter(({ queue }) => queue !== null);
    emptyReads = queues.every((one) => messagesLeft(one) === 0) ? emptyReads + 1 : 0;
    if (queues.length === 0 || emptyReads >= emptyReadsWhenDrained) return;
    await pause();
  }
}

/** Returns the messages in the queue of a function: waiting, in flight and delayed. */
export function messagesLeft({ queue }: Pick<FunctionStatus, 'queue'>): number {
  return queue === null ? 0 : queue.visible + queue.inFlight + queue.delayed;
}

class StatusReader {
  readonly #stack: DeployedStack;
  readonly #minutes: number;
  readonly #client = sqsClient();
  #metrics: ReadonlyMap<string, FunctionMetrics> = new Map();
  #metricsError: string | undefined;
  #metricsReadAt = -Infinity;

  constructor(stack: DeployedStack, minutes: number) {
    this.#stack = stack;
    this.#minutes = minutes;
  }

  async read(): Promise<StackStatus> {
    const { functions } = this.#stack;
    const [queues] = await Promise.all([
      Promise.all(functions.map((one) => readQueues(this.#client, one))),
      this.#readMetrics(),
    ]);
    return {
      functions: queues.map((status, index) => ({
        ...status,
        metrics: this.#metrics.get(functions[index]?.functionName ?? '') ?? null,
      })),
      ...(this.#metricsError !== undefined && { metricsError: this.#metricsError }),
    };
  }

  /** Queues can be read without CloudWatch: an emulator may not have it, or the credentials may not allow it. */
  async #readMetrics(): Promise<void> {
    if (performance.now() - this.#metricsReadAt < metricsPeriodMs) return;
    this.#metricsReadAt = performance.now();
    const names = this.#stack.functions.map(({ functionName }) => functionName);
    try {
      this.#metrics = await functionMetrics(names, this.#minutes);
      this.#metricsError = undefined;
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      this.#metricsError = error.message;
    }
  }
}

async function readQueues(
  client: SQSClient,
  { name, source, deadLetterQueueUrl, parkingQueueUrl }: StackFunction,
): Promise<Omit<FunctionStatus, 'metrics'>> {
  const depthOf = (url: string, queue: string) => new Queue(client, url, `The ${queue} of ${name}`).depth();
  const countOf = async (url: string | undefined, queue: string): Promise<number | null> => {
    if (url === undefined) return null;
    const { visible, inFlight } = await depthOf(url, queue);
    return visible + inFlight;
  };
  const [queue, deadLetters, parked] = await Promise.all([
    source?.kind === 'queue' ? depthOf(source.queueUrl, 'queue') : null,
    countOf(deadLetterQueueUrl, 'dead-letter queue'),
    countOf(parkingQueueUrl, 'parking queue'),
  ]);
  return { function: name, hasSource: source !== undefined, queue, deadLetters, parked };
}
