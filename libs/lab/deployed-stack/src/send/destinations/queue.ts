import { randomUUID } from 'node:crypto';

import { Queue, sqsClient } from '../../queue.ts';
import type { Destination, FailedMessage, Limits, OutgoingMessage } from '../destination.ts';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const limits: Limits = { messages: 10, messageBytes: 1_048_576, requestBytes: 1_048_576 };

/** An SQS queue. A FIFO queue deduplicates messages that are sent again, but not those of another run. */
export class QueueDestination implements Destination {
  readonly service = 'SQS';
  readonly limits = limits;
  readonly overheadBytes = 0;
  readonly #queue: Queue;
  readonly #run = randomUUID();

  /** @param name of the function that reads it */
  constructor(url: string, name: string) {
    this.#queue = new Queue(sqsClient(), url, `The queue of ${name}`);
  }

  get place(): string {
    return this.#queue.url;
  }

  get grouped(): boolean {
    return this.#queue.isFifo;
  }

  async send(batch: readonly OutgoingMessage[]): Promise<readonly FailedMessage[]> {
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
      retryable: !SenderFault,
    }));
  }
}
