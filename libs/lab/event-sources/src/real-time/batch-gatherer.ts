import { setTimeout as sleep } from 'node:timers/promises';

import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

import { BatchRoom } from '../batch-room.ts';
import type { RecordFilter } from '../filter/record-filter.ts';
import { receivedMessage, type ReceivedMessage } from './received-message.ts';

/** Source and limits of a batch. */
export interface BatchGathererOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly batchSize: number;
  /** Time that a batch that is not full waits for more, from its first message on. */
  readonly windowMs: number;
  /** Returns whether the function receives a message. @default it receives all */
  readonly accepts?: RecordFilter | undefined;
  readonly signal: AbortSignal;
}

/** Maximum messages of a receive request, and its maximum wait. */
const maxMessages = 10;
const maxWaitSeconds = 20;
/** SQS waits for whole seconds; the rest of a window is polled at this interval. */
const shortPollMs = 50;

/** Receives messages from a queue and makes batches of them. */
export class BatchGatherer {
  readonly #options: BatchGathererOptions;
  /** Received, and too much for the last batch's 6 MB. */
  #held: ReceivedMessage[] = [];
  #rejected: ReceivedMessage[] = [];

  constructor(options: BatchGathererOptions) {
    this.#options = options;
  }

  /**
   * Waits for messages and gathers them until the batch is full or its window ends.
   *
   * @returns no message when there was none in 20 s
   * @throws the error of the SDK
   */
  async gather(): Promise<readonly ReceivedMessage[]> {
    const { batchSize, windowMs } = this.#options;
    const batch: ReceivedMessage[] = [];
    const room = new BatchRoom(batchSize);
    this.#fill(batch, room, this.#held.splice(0));
    if (batch.length === 0) this.#fill(batch, room, await this.#receive(maxWaitSeconds, batchSize));
    if (batch.length > 0) await this.#gatherMore(batch, room, performance.now() + windowMs);
    return batch;
  }

  /** Returns the messages that were received since the last call, and that the function is not given. */
  takeRejected(): readonly ReceivedMessage[] {
    return this.#rejected.splice(0);
  }

  async #gatherMore(batch: ReceivedMessage[], room: BatchRoom, endsAtMs: number): Promise<void> {
    const { batchSize } = this.#options;
    let moreAtHand = batch.length >= maxMessages;
    while (batch.length < batchSize && this.#held.length === 0) {
      const leftMs = endsAtMs - performance.now();
      if (!moreAtHand && leftMs <= 0) return;
      if (!moreAtHand && leftMs < 1000) await this.#pause(Math.min(leftMs, shortPollMs));
      const wanted = Math.min(batchSize - batch.length, maxMessages);
      const waitSeconds = moreAtHand ? 0 : Math.floor(Math.min(leftMs / 1000, maxWaitSeconds));
      const received = await this.#receive(waitSeconds, wanted);
      moreAtHand = received.length === wanted;
      this.#fill(batch, room, received);
    }
  }

  #fill(batch: ReceivedMessage[], room: BatchRoom, messages: readonly ReceivedMessage[]): void {
    for (const message of messages) {
      if (this.#held.length === 0 && room.takes(message.bytes)) batch.push(message);
      else this.#held.push(message);
    }
  }

  async #receive(waitSeconds: number, wanted: number): Promise<readonly ReceivedMessage[]> {
    const { client, queueUrl, queueArn, signal, accepts = () => true } = this.#options;
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(wanted, maxMessages),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await client.send(command, { abortSignal: signal });
    const atMs = performance.now();
    const received = Messages.map((message) => receivedMessage(message, queueArn, atMs));
    const accepted = received.filter(({ record }) => accepts(record));
    this.#rejected.push(...received.filter((message) => !accepted.includes(message)));
    return accepted;
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#options.signal });
  }
}
