import { randomUUID } from 'node:crypto';

import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { clientSettings, responseFrom } from '../../aws.ts';
import type { Destination, FailedMessage, Limits, OutgoingMessage } from '../destination.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const limits: Limits = { messages: 25, messageBytes: 409_600, requestBytes: 16_777_216 };

/** A DynamoDB table: one item per message, with its own key. */
export class TableDestination implements Destination {
  readonly service = 'DynamoDB';
  readonly limits = limits;
  /** Bytes of the names `id` and `body`, and of a key: a UUID and the number of the message. */
  readonly overheadBytes = 6 + 44;
  readonly grouped = false;
  readonly place: string;
  readonly #tableName: string;
  readonly #client = new DynamoDBClient(clientSettings);
  readonly #run = randomUUID();

  constructor(tableName: string) {
    this.#tableName = tableName;
    this.place = `the table ${tableName}`;
  }

  /** DynamoDB gives no reason for unprocessed items; it is mostly the throughput of the table, so they are retryable. */
  async send(batch: readonly OutgoingMessage[]): Promise<readonly FailedMessage[]> {
    const requests = batch.map(({ id, body }) => ({
      PutRequest: { Item: { id: { S: `${this.#run}-${id}` }, body: { S: body } } },
    }));
    const command = new BatchWriteItemCommand({ RequestItems: { [this.#tableName]: requests } });
    const { UnprocessedItems = {} } = await responseFrom(
      `The table ${this.#tableName}`,
      this.#client.send(command),
    );
    return (UnprocessedItems[this.#tableName] ?? []).map(({ PutRequest }) => ({
      id: PutRequest?.Item?.id?.S?.slice(this.#run.length + 1) ?? '',
      code: 'UnprocessedItems',
      message: 'the throughput of the table is exceeded',
      retryable: true,
    }));
  }
}
