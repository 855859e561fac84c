import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { functionResource, serveTemplate, type ServedTemplate } from './served-template.ts';

let served: ServedTemplate;

const streamOf = (id: string) => ({ 'Fn::GetAtt': [id, 'StreamArn'] });
const table = (properties: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'state', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byState',
        KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      },
    ],
    ...properties,
  },
});

beforeAll(async () => {
  served = await serveTemplate(
    {
      Orders: table({ StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
      Echo: functionResource('echo', {
        Events: { In: { Type: 'DynamoDB', Properties: { Stream: streamOf('Orders'), BatchSize: 1 } } },
      }),
    },
    { echo: 'export const handler = async ({ Records }) => Records;' },
  );
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
});

async function call(
  operation: string,
  input: object,
  { server } = served,
): Promise<{ status: number; body: unknown }> {
  const headers = {
    'X-Amz-Target': `DynamoDB_20120810.${operation}`,
    'Content-Type': 'application/x-amz-json-1.0',
  };
  const answer = await fetch(server.endpoint, {
    method: 'POST',
    headers,
    body: JSON.stringify(input),
  });
  return { status: answer.status, body: await answer.json() };
}

const key = (id: string) => ({ TableName: 'Orders', Key: { id: { S: id } } });
const item = (id: string, state: string) => ({ id: { S: id }, state: { S: state } });
const put = (id: string, state: string) => call('PutItem', { TableName: 'Orders', Item: item(id, state) });

/** The changes of an item in the table's stream. */
function changesOf(id: string): readonly unknown[] {
  const records = served.invocations.flatMap(({ result }) =>
    result.status === 'success' ? (result.payload as Record<string, unknown>[]) : [],
  );
  return records.filter((record) => JSON.stringify(record.dynamodb).includes(`"id":{"S":"${id}"}`));
}

describe('a table', () => {
  it('is written and read, with conditions, updates and indexes', async () => {
    await put('a', 'new');
    const update = {
      ...key('a'),
      UpdateExpression: 'SET #s = :done ADD visits :one',
      ExpressionAttributeNames: { '#s': 'state' },
      ExpressionAttributeValues: { ':done': { S: 'done' }, ':one': { N: '1' } },
    };
    expect(await call('UpdateItem', update)).toEqual({ status: 200, body: {} });
    expect(await call('GetItem', key('a'))).toEqual({
      status: 200,
      body: { Item: { ...item('a', 'done'), visits: { N: '1' } } },
    });
    const byState = {
      TableName: 'Orders',
      IndexName: 'byState',
      KeyConditionExpression: '#s = :done',
      ExpressionAttributeNames: { '#s': 'state' },
      ExpressionAttributeValues: { ':done': { S: 'done' } },
    };
    expect(await call('Query', byState)).toMatchObject({ body: { Count: 1 } });
    expect(
      await call('PutItem', {
        TableName: 'Orders',
        Item: item('a', 'x'),
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    ).toMatchObject({
      status: 400,
      body: { __type: expect.stringContaining('ConditionalCheckFailedException') as string },
    });
    expect(await call('GetItem', { ...key('a'), TableName: 'Nowhere' })).toMatchObject({ status: 400 });
  });

  it('has a stream with old and new images, in order, without writes that change nothing', async () => {
    await put('s', 'one');
    await put('s', 'one');
    await call('BatchWriteItem', { RequestItems: { Orders: [{ PutRequest: { Item: item('s', 'two') } }] } });
    await call('DeleteItem', key('s'));
    await expect.poll(() => changesOf('s').length, { timeout: 10_000 }).toBe(3);
    expect(changesOf('s')).toMatchObject([
      { eventName: 'INSERT', dynamodb: { NewImage: item('s', 'one') } },
      { eventName: 'MODIFY', dynamodb: { OldImage: item('s', 'one'), NewImage: item('s', 'two') } },
      { eventName: 'REMOVE', dynamodb: { OldImage: item('s', 'two') } },
    ]);
  });

  it('applies a transaction completely or not at all', async () => {
    const putting = (id: string, condition?: string) => ({
      Put: { TableName: 'Orders', Item: item(id, 'new'), ConditionExpression: condition },
    });
    const transact = (...items: object[]) => call('TransactWriteItems', { TransactItems: items });
    const missing = {
      ConditionCheck: { ...key('missing'), ConditionExpression: 'attribute_not_exists(id)' },
    };
    expect(await transact(putting('t1'), missing)).toEqual({ status: 200, body: {} });
    expect(await transact(putting('t2'), putting('t1', 'attribute_not_exists(id)'))).toMatchObject({
      status: 400,
      body: { CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }] },
    });
    const got = await call('TransactGetItems', { TransactItems: [{ Get: key('t1') }, { Get: key('t2') }] });
    expect(got.body).toEqual({ Responses: [{ Item: item('t1', 'new') }, {}] });
    expect(await transact({ Put: { TableName: 'Nowhere', Item: item('x', 'y') } })).toMatchObject({
      status: 400,
    });
  });
});

it('the first request of all may read an index', async () => {
  await using fresh = await serveTemplate({ Orders: table() }, {});
  const query = {
    TableName: 'Orders',
    IndexName: 'byState',
    KeyConditionExpression: '#state = :new',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':new': { S: 'new' } },
  };
  expect(await call('Query', query, fresh)).toMatchObject({ status: 200, body: { Count: 0 } });
});

it('a table that DynamoDB would refuse is a sentence', async () => {
  await using wrong = await serveTemplate({ Orders: table({ AttributeDefinitions: [] }) }, {});
  const { status, body } = await call('Scan', { TableName: 'Orders' }, wrong);
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toMatch(/The table Orders cannot be created: .* Correct it in the template\./);
});
