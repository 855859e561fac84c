import { randomUUID } from 'node:crypto';

import {
  BatchWriteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { isRecord, LabError } from '@parallel-lambda/local-lambda';

import { clientSettings, responseFrom, responseOf } from '../../aws.ts';
import type { Destination, FailedMessage, Limits, OutgoingMessage } from '../destination.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const limits: Limits = { messages: 25, messageBytes: 409_600, requestBytes: 16_777_216 };

type Item = Record<string, AttributeValue>;

/** An attribute of a table's key, and its type. */
interface KeyAttribute {
  readonly name: string;
  readonly type: string;
}

/** An item, and the message that it is made of. */
interface Put {
  readonly id: string;
  readonly item: Item;
}

/**
 * A DynamoDB table, with one item per message. A body that has an attribute of the table's key is the item itself. Any other
 * body is the text of the attribute `body`. Missing attributes of the key are generated.
 */
export class TableDestination implements Destination {
  readonly service = 'DynamoDB';
  readonly limits = limits;
  /** Bytes of the name `body`, and of the key: names, and a UUID and the number of the message. */
  readonly overheadBytes: number;
  readonly grouped = false;
  readonly place: string;
  readonly #tableName: string;
  readonly #client = new DynamoDBClient(clientSettings);
  readonly #run = randomUUID();
  readonly #startedAt = Date.now();
  readonly #key: readonly KeyAttribute[];

  /** @param key @default the text `id` */
  constructor(tableName: string, key: readonly KeyAttribute[] = [{ name: 'id', type: 'S' }]) {
    this.#tableName = tableName;
    this.#key = key;
    this.place = `the table ${tableName}`;
    this.overheadBytes = 4 + key.reduce((bytes, { name }) => bytes + Buffer.byteLength(name) + 44, 0);
  }

  /** Reads the key of a table, which credentials may not allow, and an emulator may not have. */
  static async open(tableName: string): Promise<TableDestination> {
    const client = new DynamoDBClient(clientSettings);
    try {
      const { Table: table } = await responseOf(
        client.send(new DescribeTableCommand({ TableName: tableName })),
      );
      const { KeySchema: keys = [], AttributeDefinitions: attributes = [] } = table ?? {};
      const typeOf = (name: string): string =>
        attributes.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? 'S';
      const key = keys.map(({ AttributeName: name = '' }) => ({ name, type: typeOf(name) }));
      return key.length === 0 ? new TableDestination(tableName) : new TableDestination(tableName, key);
    } catch (error) {
      if (error instanceof LabError) return new TableDestination(tableName);
      throw error;
    } finally {
      client.destroy();
    }
  }

  /** DynamoDB gives no reason for unprocessed items; it is mostly the throughput of the table, so they are retryable. */
  async send(batch: readonly OutgoingMessage[]): Promise<readonly FailedMessage[]> {
    const puts = batch.map((message): Put => ({ id: message.id, item: this.#itemOf(message) }));
    // DynamoDB refuses a request with two items of one key.
    const keys = new Set(puts.map(({ item }) => this.#keyOf(item)));
    const requests = keys.size === puts.length ? [puts] : puts.map((put) => [put]);
    const failed: FailedMessage[] = [];
    for (const request of requests) failed.push(...(await this.#write(request)));
    return failed;
  }

  async #write(puts: readonly Put[]): Promise<readonly FailedMessage[]> {
    const requests = puts.map(({ item }) => ({ PutRequest: { Item: item } }));
    const command = new BatchWriteItemCommand({ RequestItems: { [this.#tableName]: requests } });
    const { UnprocessedItems = {} } = await responseFrom(
      `The table ${this.#tableName}`,
      this.#client.send(command),
    );
    const left = new Set(
      (UnprocessedItems[this.#tableName] ?? []).map(({ PutRequest }) => this.#keyOf(PutRequest?.Item ?? {})),
    );
    return puts
      .filter(({ item }) => left.has(this.#keyOf(item)))
      .map(({ id }) => ({
        id,
        code: 'UnprocessedItems',
        message: 'the throughput of the table is exceeded',
        retryable: true,
      }));
  }

  #itemOf({ id, body }: OutgoingMessage): Item {
    const given = itemIn(body, this.#key) ?? { body: { S: body } };
    const missing = this.#key.filter((attribute) => !hasAttribute(given, attribute));
    return {
      ...given,
      ...Object.fromEntries(missing.map(({ name, type }) => [name, this.#generated(type, id)])),
    };
  }

  #generated(type: string, id: string): AttributeValue {
    if (type === 'N') return { N: `${this.#startedAt}${id.padStart(7, '0')}` };
    const text = `${this.#run}-${id}`;
    return type === 'B' ? { B: Buffer.from(text) } : { S: text };
  }

  #keyOf(item: Item): string {
    return JSON.stringify(this.#key.map(({ name }) => item[name]));
  }
}

/** Returns a body as an item, if it has an attribute of the key. */
function itemIn(body: string, key: readonly KeyAttribute[]): Item | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (!isRecord(value) || Array.isArray(value)) return undefined;
    const item = marshall(value);
    return key.some((attribute) => hasAttribute(item, attribute)) ? item : undefined;
  } catch {
    return undefined;
  }
}

function hasAttribute(item: Item, { name, type }: KeyAttribute): boolean {
  return type in (item[name] ?? {});
}
