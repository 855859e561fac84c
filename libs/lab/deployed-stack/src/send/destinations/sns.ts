import { randomUUID } from 'node:crypto';

import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';

import { clientSettings, responseFrom } from '../../aws.ts';
import type { Destination, FailedMessage, Limits, OutgoingMessage } from '../destination.ts';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const limits: Limits = { messages: 10, messageBytes: 262_144, requestBytes: 262_144 };

/** An SNS topic, which delivers each message to its subscriptions. A FIFO topic deduplicates the messages of one run. */
export class SnsDestination implements Destination {
  readonly service = 'SNS';
  readonly limits = limits;
  readonly overheadBytes = 0;
  readonly grouped: boolean;
  readonly place: string;
  readonly #topicArn: string;
  readonly #client = new SNSClient(clientSettings);
  readonly #run = randomUUID();

  constructor(topicArn: string) {
    this.#topicArn = topicArn;
    this.place = `the topic ${topicArn}`;
    this.grouped = topicArn.endsWith('.fifo');
  }

  async send(batch: readonly OutgoingMessage[]): Promise<readonly FailedMessage[]> {
    const PublishBatchRequestEntries = batch.map(({ id, body, group }) => ({
      Id: id,
      Message: body,
      ...(this.grouped && { MessageGroupId: group, MessageDeduplicationId: `${this.#run}-${id}` }),
    }));
    const command = new PublishBatchCommand({ TopicArn: this.#topicArn, PublishBatchRequestEntries });
    const { Failed = [] } = await responseFrom(`The topic ${this.#topicArn}`, this.#client.send(command), [
      'NotFoundException',
    ]);
    return Failed.map(({ Id = '', Code = 'unknown', Message = '', SenderFault = false }) => ({
      id: Id,
      code: Code,
      message: Message,
      retryable: !SenderFault,
    }));
  }
}
