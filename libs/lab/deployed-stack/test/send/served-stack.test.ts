import {
  inAccount,
  json,
  stack,
  xmlError,
  type Answer,
  type Answers,
  type Input,
} from '@parallel-lambda/fake-aws';
import { expect, it } from 'vitest';

import { readStatus, sendMessages } from '../../src/index.ts';

const url = (queue: string) => `http://127.0.0.1:4566/000000000000/${queue}`;

/** The outputs of a stack that the lab serves: any function and any queue, under all of their names. */
const served = {
  OrdersFunctionName: 'Shop-orders',
  'Shop-orders:FunctionName': 'Shop-orders',
  'Shop-orders:QueueUrl': url('incoming'),
  'Shop-orders:Alias0': 'OrdersF00',
  'Shop-orders:Alias1': 'Shop/Orders',
  'incoming:QueueUrl': url('incoming'),
  'audit:QueueUrl': url('audit'),
  'audit:Alias0': 'AuditQueue',
  'placed:TopicArn': 'arn:aws:sns:us-east-1:000000000000:placed',
  'placed:Alias0': 'OrderPlaced',
  'mail:FunctionName': 'mail',
  'mail:TopicArn': 'arn:aws:sns:us-east-1:000000000000:placed',
  'api:FunctionName': 'api',
};

/** The only stack at an endpoint, which has another name than the lab looks for. */
async function serving(answers: Answers = {}): Promise<string[]> {
  const urls: string[] = [];
  await inAccount({
    DescribeStacks: ({ StackName }: Input): Answer => (StackName === undefined ? stack(served) : missing),
    SendMessageBatch: ({ QueueUrl }: Input): Answer => {
      urls.push(String(QueueUrl));
      return json({ Successful: [], Failed: [] });
    },
    ...answers,
  });
  return urls;
}

const missing = xmlError('ValidationError', 'Stack does not exist');

const message = (name: string) => ({ stack: 'ParallelLambda', function: name, messages: 1, body: '{}' });
const send = (name: string) => sendMessages(message(name));

const published: Answer = {
  headers: { 'content-type': 'text/xml' },
  body: '<PublishBatchResponse><PublishBatchResult><Successful/><Failed/></PublishBatchResult></PublishBatchResponse>',
};

it.each(['Shop-orders', 'OrdersF00', 'Shop/Orders', 'incoming'])(
  'a function of a served stack, or its queue, is found by the name %s',
  async (name) => {
    const urls = await serving();
    await expect(send(name)).resolves.toMatchObject({ sent: 1, to: url('incoming') });
    expect(urls).toEqual([url('incoming')]);
  },
);

it('a queue that no function reads is found too', async () => {
  const urls = await serving();
  await send('AuditQueue');
  expect(urls).toEqual([url('audit')]);
});

it.each(['placed', 'OrderPlaced', 'mail'])(
  'a topic, or a function that is subscribed to it, is found by the name %s',
  async (name) => {
    const topics: unknown[] = [];
    await serving({
      PublishBatch: ({ TopicArn }) => {
        topics.push(TopicArn);
        return published;
      },
    });
    const to = 'the topic arn:aws:sns:us-east-1:000000000000:placed';
    await expect(send(name)).resolves.toMatchObject({ sent: 1, to });
    expect(topics).toEqual(['arn:aws:sns:us-east-1:000000000000:placed']);
  },
);

it('a topic of Kafka is found without a consumer group', async () => {
  await inAccount({
    DescribeStacks: () => stack({ 'clicks:FunctionName': 'clicks', 'clicks:Topic': 'pages' }),
    '/topics/pages': () => json({ offsets: [{ partition: 0, offset: 0 }] }),
  });
  await expect(send('clicks')).resolves.toMatchObject({ sent: 1, to: 'the topic pages' });
});

it('a topic receives messages as S3 sends them, but not as SNS does', async () => {
  const bodies: string[] = [];
  await serving({
    PublishBatch: (input) => {
      bodies.push(String(input['PublishBatchRequestEntries.member.1.Message']));
      return published;
    },
  });
  await sendMessages({ ...message('placed'), as: 's3' });
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ Records: [{ eventSource: 'aws:s3' }] });
  await expect(sendMessages({ ...message('placed'), as: 'sns' })).rejects.toThrow(
    'SNS itself delivers the messages of the topic arn:aws:sns:us-east-1:000000000000:placed. Remove --as sns.',
  );
});

it('a function without a source is an error that names invoke', async () => {
  await serving();
  await expect(send('api')).rejects.toThrow(
    'The stack has no queue, stream, table or topic from which api receives messages. Use invoke, or send to another one.',
  );
});

/** One response with the stacks of two. */
function both(one: Answer, other: Answer): Answer {
  const [members = ''] = /<Stacks>.*<\/Stacks>/s.exec(other.body) ?? [];
  return { ...one, body: one.body.replace('</Stacks>', members.slice('<Stacks>'.length)) };
}

it('all stacks of an endpoint are searched', async () => {
  await serving({
    DescribeStacks: ({ StackName }: Input): Answer =>
      StackName === undefined ? both(stack(served), stack({ 'late:QueueUrl': url('late') })) : missing,
  });
  await expect(send('late')).resolves.toMatchObject({ to: url('late') });
});

it('an unknown name is an error that names the functions and queues', async () => {
  await serving();
  await expect(send('nothing')).rejects.toThrow(
    'The stack ParallelLambda has no function nothing. It has: api, mail, Shop-orders. ' +
      'Its queues and topics: audit, incoming, placed.',
  );
});

it('the status of a served stack has its functions', async () => {
  await inAccount({
    DescribeStacks: () => stack(served),
    GetQueueAttributes: () =>
      json({
        Attributes: {
          ApproximateNumberOfMessages: '2',
          ApproximateNumberOfMessagesNotVisible: '1',
          ApproximateNumberOfMessagesDelayed: '0',
        },
      }),
  });
  await expect(readStatus({ stack: 'ParallelLambda', minutes: 5 })).resolves.toMatchObject({
    functions: [
      { function: 'api', queue: null },
      { function: 'mail', queue: null },
      { function: 'Shop-orders', queue: { visible: 2, inFlight: 1 } },
    ],
  });
});
