import { isDeepStrictEqual } from 'node:util';

import type { Item } from '@parallel-lambda/event-sources';

import { Input } from '../endpoint/input.ts';
import type { TableDefinition } from '../stack/stream-definition.ts';
import type { DynamoDbAnswer, LocalDynamoDb } from './local-dynamodb.ts';
import type { StreamSources } from './stream-sources.ts';

/** An item that an operation writes. */
interface Target {
  readonly table: TableDefinition;
  readonly key: Item;
}

/** An operation of a transaction. */
interface Step {
  readonly operation: 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheck';
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Writes to tables one operation after another, so that the images before and after each are known: they are what the
 * tables' streams hold.
 */
export class TableWriter {
  readonly #db: LocalDynamoDb;
  readonly #tables: ReadonlyMap<string, TableDefinition>;
  readonly #sources: StreamSources;
  #last: Promise<unknown> = Promise.resolve();

  constructor(db: LocalDynamoDb, tables: readonly TableDefinition[], sources: StreamSources) {
    this.#db = db;
    this.#tables = new Map(
      tables.flatMap((table) => [[table.name, table] as const, [table.arn, table] as const]),
    );
    this.#sources = sources;
  }

  /** Runs an operation that writes, when those before it have ended. */
  async write(operation: string, input: Readonly<Record<string, unknown>>): Promise<DynamoDbAnswer> {
    const written = this.#last.then(() => this.#write(operation, input));
    this.#last = written.catch(() => undefined);
    return written;
  }

  /** Runs `TransactGetItems`, when the writes before it have ended. */
  async getAll(input: Readonly<Record<string, unknown>>): Promise<DynamoDbAnswer> {
    await this.#last;
    const gets = new Input('The body', input)
      .objects('TransactItems')
      .map((item) => item.object('Get').value);
    const answers = await Promise.all(
      gets.map((get) => this.#db.run('GetItem', { ...get, ConsistentRead: true })),
    );
    const failed = answers.find(({ status }) => status !== 200);
    return failed ?? { status: 200, body: { Responses: answers.map(({ body }) => body) } };
  }

  async #write(operation: string, input: Readonly<Record<string, unknown>>): Promise<DynamoDbAnswer> {
    const steps = operation === 'TransactWriteItems' ? stepsOf(input) : undefined;
    const targets = steps
      ? steps.flatMap((step) => this.#target(step.operation, step.input))
      : operation === 'BatchWriteItem'
        ? this.#batchTargets(input)
        : this.#target(operation, input);
    const unknown = steps?.find((step) => this.#target(step.operation, step.input).length === 0);
    if (unknown) return this.#step(unknown, undefined);
    const before = await Promise.all(targets.map((target) => this.#read(target)));
    const answer = steps
      ? await this.#transact(steps, targets, before)
      : await this.#db.run(operation, input);
    if (answer.status !== 200) return answer;
    const after = await Promise.all(targets.map((target) => this.#read(target)));
    targets.forEach((target, index) => {
      this.#emit(target, before[index], after[index]);
    });
    return answer;
  }

  async #transact(
    steps: readonly Step[],
    targets: readonly Target[],
    before: readonly (Item | undefined)[],
  ): Promise<DynamoDbAnswer> {
    for (const [index, step] of steps.entries()) {
      const answer = await this.#step(step, before[index]);
      if (answer.status === 200) continue;
      // What the steps before it have written is taken back.
      for (const [done, { table, key }] of targets.slice(0, index).entries()) {
        const Item = before[done];
        const TableName = table.name;
        await (Item
          ? this.#db.run('PutItem', { TableName, Item })
          : this.#db.run('DeleteItem', { TableName, Key: key }));
      }
      return String(answer.body.__type).endsWith('ConditionalCheckFailedException')
        ? cancelled(steps.length, index)
        : answer;
    }
    return { status: 200, body: {} };
  }

  /** A condition alone is checked by a write that changes nothing. */
  async #step({ operation, input }: Step, item: Item | undefined): Promise<DynamoDbAnswer> {
    // The emulator does not support this member.
    const known = { ...input, ReturnValuesOnConditionCheckFailure: undefined };
    if (operation !== 'ConditionCheck') return this.#db.run(operation, known);
    const { Key, ...condition } = known as typeof known & { readonly Key?: unknown };
    return item
      ? this.#db.run('PutItem', { ...condition, Item: item })
      : this.#db.run('DeleteItem', { ...condition, Key });
  }

  #target(operation: string, input: Readonly<Record<string, unknown>>): readonly Target[] {
    const table = this.#tables.get(String(input.TableName));
    const item = (operation === 'PutItem' ? input.Item : input.Key) as Item | undefined;
    return table && item ? [{ table, key: keyOf(table, item) }] : [];
  }

  #batchTargets(input: Readonly<Record<string, unknown>>): readonly Target[] {
    const requests = new Input('The body', input).object('RequestItems');
    return requests.entries().flatMap(([TableName]) =>
      requests.objects(TableName).flatMap((request) => {
        const isPut = request.has('PutRequest');
        const { value } = request.object(isPut ? 'PutRequest' : 'DeleteRequest');
        return this.#target(isPut ? 'PutItem' : 'DeleteItem', { TableName, ...value });
      }),
    );
  }

  async #read({ table, key }: Target): Promise<Item | undefined> {
    const get = { TableName: table.name, Key: key, ConsistentRead: true };
    const { body } = await this.#db.run('GetItem', get);
    return body.Item as Item | undefined;
  }

  /** A write that changes nothing is not in the stream. */
  #emit({ table, key }: Target, oldImage: Item | undefined, newImage: Item | undefined): void {
    const feds = this.#sources.tables.get(table.name) ?? [];
    if (feds.length === 0 || isDeepStrictEqual(oldImage, newImage)) return;
    const { streamViewType } = table;
    const shows = (image: string): boolean => [image, 'NEW_AND_OLD_IMAGES'].includes(streamViewType);
    const change = {
      keys: key,
      eventName: newImage ? (oldImage ? 'MODIFY' : 'INSERT') : 'REMOVE',
      streamViewType,
      ...(newImage && shows('NEW_IMAGE') && { newImage }),
      ...(oldImage && shows('OLD_IMAGE') && { oldImage }),
    } as const;
    for (const { source, wake } of feds) {
      source.put(change, Date.now());
      wake();
    }
  }
}

function keyOf({ keyNames }: TableDefinition, item: Item): Item {
  return Object.fromEntries(
    keyNames.flatMap((name) => {
      const value = item[name];
      return value ? [[name, value]] : [];
    }),
  );
}

function stepsOf(input: Readonly<Record<string, unknown>>): readonly Step[] {
  const operations = {
    Put: 'PutItem',
    Update: 'UpdateItem',
    Delete: 'DeleteItem',
    ConditionCheck: 'ConditionCheck',
  } as const;
  return new Input('The body', input)
    .objects('TransactItems')
    .flatMap((item) =>
      (Object.keys(operations) as (keyof typeof operations)[])
        .filter((name) => item.has(name))
        .map((name) => ({ operation: operations[name], input: item.object(name).value })),
    );
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
function cancelled(steps: number, failed: number): DynamoDbAnswer {
  const reasons = Array.from({ length: steps }, (_, index) =>
    index === failed
      ? { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }
      : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return {
    status: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
      CancellationReasons: reasons,
    },
  };
}
