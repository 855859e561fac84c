import { inAccount, json, outputs, stack, type Answer, type Input } from '@parallel-lambda/fake-aws';
import { expect, it } from 'vitest';

import { sendMessages } from '../../src/index.ts';
import { notification } from '../../src/send/notification.ts';

const parsed = (service: 'sns' | 's3' | 'eventbridge', body: string): unknown =>
  JSON.parse(notification(service, body));

it('SNS sends a message in an envelope, with a unique id', () => {
  const [first, second] = [parsed('sns', '{"id":1}'), parsed('sns', '{"id":1}')];
  expect(first).toMatchObject({
    Type: 'Notification',
    TopicArn: 'arn:aws:sns:us-east-1:000000000000:topic',
    Message: '{"id":1}',
    SignatureVersion: '1',
    Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string,
  });
  expect(first).not.toEqual(second);
  expect(parsed('sns', 'any text')).toMatchObject({ Message: 'any text' });
});

it('S3 names the object of its event, with an encoded key', () => {
  expect(parsed('s3', '{"bucket":"photos","key":"my cats/red+1.jpg","size":5}')).toMatchObject({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: {
          s3SchemaVersion: '1.0',
          bucket: { name: 'photos', arn: 'arn:aws:s3:::photos' },
          object: { key: 'my+cats/red%2B1.jpg', size: 5 },
        },
      },
    ],
  });
});

it.each([
  ['the body as its detail', '{"id":1}', { source: 'lab', 'detail-type': 'Message', detail: { id: 1 } }],
  [
    'the event that the body describes',
    '{"source":"shop","detail-type":"OrderPlaced","detail":{"id":1}}',
    { source: 'shop', 'detail-type': 'OrderPlaced', detail: { id: 1 } },
  ],
])('EventBridge sends %s', (_, body, expected) => {
  expect(parsed('eventbridge', body)).toMatchObject({
    version: '0',
    account: '000000000000',
    region: 'us-east-1',
    resources: [],
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/) as string,
    ...expected,
  });
});

it.each(['s3', 'eventbridge'] as const)('%s refuses a body that is not an object', (service) => {
  for (const body of ['text', '7', '[]', 'null']) {
    expect(() => notification(service, body)).toThrow(
      `With --as ${service} the body must be a JSON object, not ${body}.`,
    );
  }
});

const send = (as: 'sns' | 's3', body: string) =>
  sendMessages({ stack: 'ParallelLambda', function: 'promises', messages: 12, body, as });

it('each message to a queue is a separate notification', async () => {
  const bodies: string[] = [];
  await inAccount({
    DescribeStacks: () => stack(outputs),
    SendMessageBatch: ({ Entries }: Input): Answer => {
      bodies.push(...(Entries as { MessageBody: string }[]).map(({ MessageBody }) => MessageBody));
      return json({ Successful: [], Failed: [] });
    },
  });
  await expect(send('sns', '{"id":1}')).resolves.toMatchObject({ sent: 12 });
  const sent = bodies.map((body) => JSON.parse(body) as { MessageId: string; Message: string });
  expect(new Set(sent.map(({ Message }) => Message))).toEqual(new Set(['{"id":1}']));
  expect(new Set(sent.map(({ MessageId }) => MessageId)).size).toBe(12);
});

it('a stream receives no notifications of other services', async () => {
  await inAccount({
    DescribeStacks: () => stack({ PromisesFunctionName: 'promises', PromisesStreamName: 'clicks' }),
  });
  await expect(send('s3', '{}')).rejects.toThrow(
    'Only queues and SNS topics receive messages of other services, and the stream clicks is neither. Remove --as.',
  );
});
