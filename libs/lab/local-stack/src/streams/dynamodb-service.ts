import type { Item } from '@parallel-lambda/event-sources';

import { Input } from '../endpoint/input.ts';
import { jsonService } from '../endpoint/json-service.ts';
import { ServiceError, type Service } from '../endpoint/reply.ts';
import type { TableDefinition } from '../stack/stream-definition.ts';
import type { StreamSources } from './stream-sources.ts';

/**
 * DynamoDB, as far as items are put, got and deleted by their key: enough to set a table's stream going.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export function dynamoDbService(definitions: readonly TableDefinition[], sources: StreamSources): Service {
  const tables = new Map(definitions.map((table) => [table.name, new Table(table, sources)]));
  const find = (name: string): Table => {
    const table = tables.get(name);
    if (table) return table;
    const known = [...tables.keys()].join(', ') || 'none';
    throw new ServiceError(400, 'ResourceNotFoundException', `Table ${name} not found; there is: ${known}`);
  };
  const tableOf = (input: Input): Table => find(input.text('TableName'));
  return jsonService({
    PutItem: (input) => {
      tableOf(input).put(itemOf(input, 'Item'));
      return {};
    },
    DeleteItem: (input) => {
      tableOf(input).delete(itemOf(input, 'Key'));
      return {};
    },
    GetItem: (input) => ({ Item: tableOf(input).get(itemOf(input, 'Key')) }),
    BatchWriteItem: (input) => {
      // All of them are read before one is written.
      const writes = input
        .object('RequestItems')
        .entries()
        .flatMap(([name, requests]) => writesTo(find(name), name, requests));
      for (const write of writes) write();
      return { UnprocessedItems: {} };
    },
  });
}

/** @throws {ServiceError} 400, when it is not an object of attribute values */
function itemOf(input: Input, name: string): Item {
  const attributes = input.object(name).entries();
  return Object.fromEntries(
    attributes.map(([attribute, value]) => [attribute, new Input(attribute, value).value as Item[string]]),
  );
}

function writesTo(table: Table, name: string, requests: unknown): readonly (() => void)[] {
  return new Input('RequestItems', { [name]: requests }).objects(name).map((request) => {
    if (request.has('PutRequest')) {
      const item = itemOf(request.object('PutRequest'), 'Item');
      return () => {
        table.put(item);
      };
    }
    const key = itemOf(request.object('DeleteRequest'), 'Key');
    return () => {
      table.delete(key);
    };
  });
}

/** A table's items, and its stream. */
class Table {
  readonly #definition: TableDefinition;
  readonly #sources: StreamSources;
  readonly #items = new Map<string, Item>();

  constructor(definition: TableDefinition, sources: StreamSources) {
    this.#definition = definition;
    this.#sources = sources;
  }

  get(key: Item): Item | undefined {
    return this.#items.get(this.#keyOf(key).text);
  }

  put(item: Item): void {
    this.#change(item, item);
  }

  delete(key: Item): void {
    if (this.get(key)) this.#change(key, undefined);
  }

  #change(of: Item, newImage: Item | undefined): void {
    const { keys, text } = this.#keyOf(of);
    const oldImage = this.#items.get(text);
    if (newImage) this.#items.set(text, newImage);
    else this.#items.delete(text);
    const { name, streamViewType } = this.#definition;
    const shows = (image: string): boolean =>
      streamViewType === image || streamViewType === 'NEW_AND_OLD_IMAGES';
    const change = {
      keys,
      eventName: newImage ? (oldImage ? 'MODIFY' : 'INSERT') : 'REMOVE',
      streamViewType,
      ...(newImage && shows('NEW_IMAGE') && { newImage }),
      ...(oldImage && shows('OLD_IMAGE') && { oldImage }),
    } as const;
    for (const { source, wake } of this.#sources.tables.get(name) ?? []) {
      source.put(change, Date.now());
      wake();
    }
  }

  #keyOf(item: Item): { readonly keys: Item; readonly text: string } {
    const keys = Object.fromEntries(
      this.#definition.keyNames.map((name) => {
        const value = item[name];
        if (value) return [name, value];
        throw new ServiceError(400, 'ValidationException', `The item has no ${name}, which is of the key`);
      }),
    );
    return { keys, text: JSON.stringify(keys) };
  }
}
