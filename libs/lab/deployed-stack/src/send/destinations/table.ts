import { randomUUID } from 'node:crypto';

import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { clientSettings } from '../../client-settings.ts';
import { unlessMissing } from '../../missing.ts';
import type { Destination, Limits, NotTaken, OutgoingMessage } from '../destination.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const limits: Limits = { messages: 25, messageBytes: 409_600, requestBytes: 16_777_216 };

/** A DynamoDB table: an item of its own for each message, so a lane of its own too. */
export class TableDestination implements Destination {
  readonly service = 'DynamoDB';
  readonly limits = limits;
  /** The attributes' names, `id` and `body`, and an id: a UUID and the message's number. */
  readonly extraBytes = 6 + 44;
  readonly grouped = false;
  readonly place: string;
  readonly #tableName: string;
  readonly #client = new DynamoDBClient(clientSettings);
  readonly #run = randomUUID();

  constructor(tableName: string) {
    this.#tableName = tableName;
    this.place = `the table ${tableName}`;
  }

  /** What was not written is named without a reason: most often the table's throughput, so again. */
  async send(batch: readonly OutgoingMessage[]): Promise<readonly NotTaken[]> {
    const requests = batch.map(({ id, body }) => ({
      PutRequest: { Item: { id: { S: `${this.#run}-${id}` }, body: { S: body } } },
    }));
    const command = new BatchWriteItemCommand({ RequestItems: { [this.#tableName]: requests } });
    const { UnprocessedItems = {} } = await unlessMissing(
      `The table ${this.#tableName}`,
      this.#client.send(command),
    );
    return (UnprocessedItems[this.#tableName] ?? []).map(({ PutRequest }) => ({
      id: PutRequest?.Item?.id?.S?.slice(this.#run.length + 1) ?? '',
      code: 'UnprocessedItems',
      message: 'the table takes no more for now',
      again: true,
    }));
  }
}
