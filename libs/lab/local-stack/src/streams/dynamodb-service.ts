import type { Item } from '@parallel-lambda/event-sources';
import type { TableDefinition } from '../stack/stream-definition.ts';

import { operationOf, replyAsJson } from '../endpoint/json-protocol.ts';
import { ServiceError, type Service } from '../endpoint/reply.ts';
import type { StreamSources } from './stream-sources.ts';

interface WriteRequest {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

interface Input {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly RequestItems?: Readonly<Record<string, readonly WriteRequest[]>>;
}

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
  return (request) => {
    const operation = operationOf(request);
    const input = JSON.parse(request.body.toString()) as Input;
    const { TableName, Item: item, Key: key } = input;
    if (operation === 'PutItem' && item) find(TableName).put(item);
    else if (operation === 'DeleteItem' && key) find(TableName).delete(key);
    else if (operation === 'GetItem' && key) {
      replyAsJson(request, { Item: find(TableName).get(key) });
      return;
    } else if (operation === 'BatchWriteItem') {
      for (const [name, writes] of Object.entries(input.RequestItems ?? {})) find(name).write(writes);
      replyAsJson(request, { UnprocessedItems: {} });
      return;
    } else
      throw new ServiceError(400, 'UnknownOperationException', `${operation} of DynamoDB is not served here`);
    replyAsJson(request, {});
  };
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

  write(requests: readonly WriteRequest[]): void {
    for (const { PutRequest, DeleteRequest } of requests) {
      if (PutRequest) this.put(PutRequest.Item);
      if (DeleteRequest) this.delete(DeleteRequest.Key);
    }
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
