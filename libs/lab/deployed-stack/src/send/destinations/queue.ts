import { randomUUID } from 'node:crypto';

import { DeployedQueue, sqsClient } from '../../deployed-queue.ts';
import type { Destination, Limits, NotTaken, OutgoingMessage } from '../destination.ts';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const limits: Limits = { messages: 10, messageBytes: 1_048_576, requestBytes: 1_048_576 };

/**
 * A queue. The messages of one run bear an id of their own, so that a message that is sent twice, since nobody knows
 * whether it was taken, comes once from a FIFO queue.
 */
export class QueueDestination implements Destination {
  readonly service = 'SQS';
  readonly limits = limits;
  readonly extraBytes = 0;
  readonly #queue: DeployedQueue;
  readonly #run = randomUUID();

  /** @param name of the function that reads it */
  constructor(url: string, name: string) {
    this.#queue = new DeployedQueue(sqsClient(), url, `The queue of ${name}`);
  }

  get place(): string {
    return this.#queue.url;
  }

  get grouped(): boolean {
    return this.#queue.isFifo;
  }

  async send(batch: readonly OutgoingMessage[]): Promise<readonly NotTaken[]> {
    const failed = await this.#queue.send(
      batch.map(({ id, body, group }) => ({
        Id: id,
        MessageBody: body,
        ...(this.grouped && { MessageGroupId: group, MessageDeduplicationId: `${this.#run}-${id}` }),
      })),
    );
    return failed.map(({ Id = '', Code = 'unknown', Message = '', SenderFault = false }) => ({
      id: Id,
      code: Code,
      message: Message,
      again: !SenderFault,
    }));
  }
}
