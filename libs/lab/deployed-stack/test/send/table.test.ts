import { inAccount, json, type Answer, type Answers, type Input } from '@parallel-lambda/fake-aws';
import { expect, it } from 'vitest';

import { TableDestination } from '../../src/send/destinations/table.ts';

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Sends bodies to a table with a key, and returns the items of each request. */
async function itemsOf(key: Readonly<Record<string, string>>, bodies: readonly string[]): Promise<Item[][]> {
  const requests: Item[][] = [];
  const answers: Answers = {
    DescribeTable: () =>
      json({
        Table: {
          KeySchema: Object.keys(key).map((AttributeName) => ({ AttributeName, KeyType: 'HASH' })),
          AttributeDefinitions: Object.entries({ ...key, other: 'S' }).map(
            ([AttributeName, AttributeType]) => ({
              ...{ AttributeName, AttributeType },
            }),
          ),
        },
      }),
    BatchWriteItem: ({ RequestItems }: Input): Answer => {
      const { orders } = RequestItems as { orders: { PutRequest: { Item: Item } }[] };
      requests.push(orders.map(({ PutRequest }) => PutRequest.Item));
      return json({ UnprocessedItems: {} });
    },
  };
  await inAccount(answers);
  const table = await TableDestination.open('orders');
  await table.send(bodies.map((body, index) => ({ id: String(index), body, group: 'group-0' })));
  return requests;
}

it('a body without the key is a text in an item whose key is generated, of any type', async () => {
  const [items = []] = await itemsOf({ pk: 'S', sk: 'N' }, ['{"wait":1}', 'text', '{"pk":7}']);
  expect(items.map(({ body }) => body)).toEqual([{ S: '{"wait":1}' }, { S: 'text' }, { S: '{"pk":7}' }]);
  expect(new Set(items.map(({ pk, sk }) => JSON.stringify([pk, sk]))).size).toBe(3);
  expect(items[0]).toMatchObject({
    pk: { S: expect.any(String) as string },
    sk: { N: expect.any(String) as string },
  });
});

it('a body with an attribute of the key is the item itself, and the rest of the key is generated', async () => {
  const [items = []] = await itemsOf({ pk: 'S', sk: 'S' }, [
    '{"pk":"order","total":7}',
    '{"pk":"order","total":7}',
  ]);
  expect(items).toMatchObject([
    { pk: { S: 'order' }, total: { N: '7' } },
    { pk: { S: 'order' }, total: { N: '7' } },
  ]);
  expect(new Set(items.map(({ sk }) => JSON.stringify(sk))).size).toBe(2);
  expect(items[0]).not.toHaveProperty('body');
});

it('items of one key are written one after another', async () => {
  const item = { id: { S: 'order' } };
  await expect(itemsOf({ id: 'S' }, ['{"id":"order"}', '{"id":"order"}'])).resolves.toEqual([[item], [item]]);
});

it('a table that cannot be described has the key id', async () => {
  const ids: unknown[] = [];
  await inAccount({
    BatchWriteItem: ({ RequestItems }: Input): Answer => {
      const { orders } = RequestItems as { orders: { PutRequest: { Item: Item } }[] };
      ids.push(...orders.map(({ PutRequest }) => Object.keys(PutRequest.Item)));
      return json({ UnprocessedItems: {} });
    },
  });
  const table = await TableDestination.open('orders');
  await table.send([{ id: '0', body: 'text', group: 'group-0' }]);
  expect(ids).toEqual([['body', 'id']]);
});
