import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { functionResource, serveTemplate, type ServedTemplate } from '../served-template.ts';
import { form, json, sendTo, signedFor, type Answer, type SendParameters } from './send-to.ts';

let served: ServedTemplate;

beforeAll(async () => {
  const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } };
  const stream = { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'clicks', ShardCount: 1 } };
  const keySchema = [{ AttributeName: 'id', KeyType: 'HASH' }];
  const table = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'items', KeySchema: keySchema } };
  const stack = { Orders: functionResource('orders'), Queue: queue, Stream: stream, Table: table };
  const mapping = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: { 'Fn::GetAtt': ['Stream', 'Arn'] } },
  };
  served = await serveTemplate(
    { ...stack, Mapping: mapping },
    { orders: 'export const handler = async (event) => event;' },
  );
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
});

const send = (...parameters: SendParameters): Promise<Answer> =>
  sendTo(served.server.endpoint, ...parameters);

const invocations = '/2015-03-31/functions/Orders/invocations';

describe('a request of a web page', () => {
  it.for([
    ['a foreign host', { host: 'attacker.example' }],
    ['a foreign host with our port', { host: 'attacker.example:4566' }],
    ['a host that begins like ours', { host: 'localhost.attacker.example' }],
    ['a host that begins like our address', { host: '127.0.0.1.attacker.example' }],
    ['the origin of another site', { origin: 'https://attacker.example' }],
    ['the origin of a page without one', { origin: 'null' }],
    ['the origin of a site that begins like ours', { origin: 'http://localhost.attacker.example' }],
    ['the mark of another site', { 'sec-fetch-site': 'cross-site' }],
  ] as const)('is refused for %s, whatever it asks for', async ([, headers]) => {
    const requests = [
      ['POST', invocations, {}, '{}'],
      ['POST', '/', json('AmazonSQS.ListQueues'), '{}'],
      ['GET', '/', {}, ''],
    ] as const;
    for (const [method, path, others, body] of requests) {
      const {
        status,
        headers: answered,
        body: answer,
      } = await send(method, path, { ...others, ...headers }, body);
      expect(status).toBe(403);
      expect(answered['x-amzn-errortype']).toBe('AccessDeniedException');
      expect(answer).not.toContain('orders');
    }
  });

  it.for([
    {},
    { host: 'localhost:4566' },
    { host: '127.0.0.1' },
    { host: '[::1]:4566' },
    { host: 'sqs.us-east-1.localhost' },
    { origin: 'http://localhost:3000' },
  ])('is answered on this machine: %j', async (headers) => {
    expect(await send('POST', invocations, headers, '7')).toMatchObject({ status: 200, body: '7' });
  });
});

describe('a request to an unserved resource', () => {
  it.for([
    [
      'JSON',
      'POST',
      '/',
      json('AWSEvents.PutEvents'),
      '{}',
      400,
      'EventBridge PutEvents: not served here; pass --endpoint events=URL',
    ],
    [
      'JSON',
      'POST',
      '/',
      json('Unheard_20300101.Do'),
      '{}',
      400,
      'Unheard_20300101 Do: not served here; pass --endpoint Unheard_20300101=URL',
    ],
    [
      'JSON',
      'POST',
      '/',
      json('Kinesis_20131202.SplitShard'),
      '{}',
      400,
      'Kinesis SplitShard: not served here; pass --endpoint kinesis=URL',
    ],
    [
      'query',
      'POST',
      '/',
      { ...form, ...signedFor('iam') },
      'Action=ListRoles',
      400,
      'IAM ListRoles: not served here; pass --endpoint iam=URL',
    ],
    [
      'query',
      'POST',
      '/',
      form,
      'Action=ListRoles&Version=2010-05-08',
      400,
      'IAM ListRoles: not served here; pass --endpoint iam=URL',
    ],
    [
      'S3',
      'PUT',
      '/bucket/key',
      signedFor('s3'),
      'x',
      501,
      'S3 PUT /bucket/key: not served here; pass --endpoint s3=URL',
    ],
    ['REST', 'POST', '/prod/', {}, 'x', 404, 'The request POST /prod/: not served here'],
    [
      'REST',
      'GET',
      '/?Action=SendMessage&Version=2012-11-05',
      {},
      '',
      404,
      'The request GET /: not served here',
    ],
    [
      'REST',
      'GET',
      '/2015-03-31/layers',
      {},
      '',
      404,
      'Lambda GET /2015-03-31/layers: not served here; pass --endpoint lambda=URL',
    ],
  ] as const)(
    'is answered as AWS would, by %s: %s %s %j',
    async ([, method, path, headers, body, status, message]) => {
      const before = served.notes.length;
      const answer = await send(method, path, headers, body);
      expect(answer.status).toBe(status);
      expect(answer.body).toContain(message);
      expect(served.notes.slice(before)).toEqual([`unknown: ${message}`]);
    },
  );

  it('is reported with the function that sent it', async () => {
    await send('POST', '/', { ...json('AWSEvents.PutEvents'), 'x-amz-security-token': 'Orders' }, '{}');
    expect(served.notes.at(-1)).toBe(
      'Orders: EventBridge PutEvents: not served here; pass --endpoint events=URL',
    );
  });
});

describe('a malformed request', () => {
  const bodies = ['', 'null', '7', '[]', '"text"', '{', '{}', '{"a":null}'];
  const targets = [
    'AmazonSQS.SendMessage',
    'AmazonSQS.SendMessageBatch',
    'DynamoDB_20120810.PutItem',
    'DynamoDB_20120810.BatchWriteItem',
    'Kinesis_20131202.PutRecord',
    'Kinesis_20131202.PutRecords',
    'GraniteServiceVersion20100801.GetMetricData',
  ];

  it.for([
    ...targets.flatMap((target) => bodies.map((body) => ['POST', '/', json(target), body] as const)),
    ...bodies.map((body) => ['POST', '/topics/orders', {}, body] as const),
    ...[
      'null',
      '7',
      '[]',
      '{',
      '{"MemorySize":"much"}',
      '{"MemorySize":64}',
      '{"Environment":null,"Timeout":0}',
    ].map((body) => ['PUT', '/2015-03-31/functions/Orders/configuration', {}, body] as const),
    ['POST', '/', json('AmazonSQS.SendMessage'), '{"QueueUrl":5,"MessageBody":5}'],
    [
      'POST',
      '/',
      json('AmazonSQS.SendMessageBatch'),
      '{"QueueUrl":"http://127.0.0.1/000000000000/orders","Entries":[null]}',
    ],
    ['POST', '/', json('Kinesis_20131202.PutRecords'), '{"StreamName":"clicks","Records":[null]}'],
    [
      'POST',
      '/',
      json('Kinesis_20131202.PutRecord'),
      '{"StreamName":"clicks","PartitionKey":1,"Data":"eA=="}',
    ],
    ['POST', '/', json('DynamoDB_20120810.PutItem'), '{"TableName":"items","Item":{"id":null}}'],
    ['POST', '/', json('DynamoDB_20120810.BatchWriteItem'), '{"RequestItems":{"items":[{}]}}'],
    ['GET', '/2015-03-31/functions/%E0%A4%A', {}, ''],
    ['POST', '/topics/%E0%A4%A', {}, '{}'],
    ['GET', '//[', {}, ''],
    ['GET', '/2015-03-31/functions/%00', {}, ''],
  ] as const)('is the fault of its sender: %s %s %j %s', async ([method, path, headers, body]) => {
    const before = served.notes.length;
    const { status } = await send(method, path, headers, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(served.notes.slice(before)).toEqual([]);
  });

  it('leaves the function as it was', async () => {
    const { body } = await send('GET', '/2015-03-31/functions/Orders/configuration');
    expect(JSON.parse(body)).toMatchObject({ MemorySize: 256, Timeout: 10 });
  });
});

it('an event may be any JSON, null too', async () => {
  expect(await send('POST', invocations, {}, 'null')).toMatchObject({ status: 200, body: 'null' });
});
