import { expect, it } from 'vitest';

import { functionResource, serveTemplate, type ServedTemplate } from './served-template.ts';

const echo = { echo: 'export const handler = async (event) => event;' };
const on = (type: string, properties: object, pattern: object) => ({
  Type: type,
  Properties: { ...properties, FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } },
});
const att = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });

async function call({ server }: ServedTemplate, target: string, body: object): Promise<void> {
  const headers = { 'X-Amz-Target': target, 'Content-Type': 'application/x-amz-json-1.0' };
  const answer = await fetch(server.endpoint, { method: 'POST', headers, body: JSON.stringify(body) });
  expect([target, answer.status]).toEqual([target, 200]);
}

/** The event of the only invocation, which was answered with it. */
async function eventOf(served: ServedTemplate): Promise<unknown> {
  await expect.poll(() => served.invocations.length, { timeout: 10_000 }).toBe(1);
  const [{ result } = { result: undefined }] = served.invocations;
  return result?.status === 'success' ? result.payload : undefined;
}

it('a queue: rejected messages are deleted, and the others come from the queue of the stack', async () => {
  await using served = await serveTemplate(
    {
      Queue: { Type: 'AWS::SQS::Queue' },
      Echo: functionResource('echo', {
        Events: { In: on('SQS', { Queue: att('Queue') }, { body: { keep: [true] } }) },
      }),
    },
    echo,
  );
  for (const keep of [false, true]) {
    await call(served, 'AmazonSQS.SendMessage', {
      QueueUrl: `${served.server.endpoint}/000000000000/Queue`,
      MessageBody: JSON.stringify({ keep }),
    });
  }
  expect(await eventOf(served)).toMatchObject({
    Records: [{ body: '{"keep":true}', eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:Queue' }],
  });
});

it('a stream: rejected records are skipped, and the others come from the stream of the stack', async () => {
  await using served = await serveTemplate(
    {
      Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
      Consumer: { Type: 'AWS::Kinesis::StreamConsumer', Properties: { StreamARN: att('Stream') } },
      Echo: functionResource('echo', {
        Events: {
          In: on(
            'Kinesis',
            { Stream: { Ref: 'Consumer' }, StartingPosition: 'LATEST' },
            { data: { n: [2] } },
          ),
        },
      }),
    },
    echo,
  );
  const Records = [1, 2].map((n) => ({
    PartitionKey: 'k',
    Data: Buffer.from(JSON.stringify({ n })).toString('base64'),
  }));
  await call(served, 'Kinesis_20131202.PutRecords', { StreamName: 'Stream', Records });
  expect(await eventOf(served)).toMatchObject({
    Records: [
      {
        kinesis: { data: Buffer.from('{"n":2}').toString('base64') },
        eventSourceARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/Stream',
        awsRegion: 'us-east-1',
      },
    ],
  });
});

it('a table: rejected changes are skipped, and the others come from the stream of the table', async () => {
  await using served = await serveTemplate(
    {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        },
      },
      Echo: functionResource('echo', {
        Events: { In: on('DynamoDB', { Stream: att('Table', 'StreamArn') }, { eventName: ['MODIFY'] }) },
      }),
    },
    echo,
  );
  for (const value of ['1', '2']) {
    const Item = { id: { S: 'a' }, value: { N: value } };
    await call(served, 'DynamoDB_20120810.PutItem', { TableName: 'Table', Item });
  }
  expect(await eventOf(served)).toMatchObject({
    Records: [
      {
        eventName: 'MODIFY',
        eventSourceARN: expect.stringContaining(
          'arn:aws:dynamodb:us-east-1:000000000000:table/Table/stream/',
        ) as string,
      },
    ],
  });
});
