import { inAccount, json, stack, xmlError, type Answer, type Input } from '@parallel-lambda/fake-aws';
import { expect, it } from 'vitest';

import { readStatus, sendMessages } from '../../src/index.ts';

const url = (queue: string) => `http://127.0.0.1:4566/000000000000/${queue}`;

/** The outputs of a stack that the lab serves: any function and any queue, under all of their names. */
const served = {
  'Shop-orders:FunctionName': 'Shop-orders',
  'Shop-orders:QueueUrl': url('incoming'),
  'Shop-orders:Alias0': 'OrdersF00',
  'Shop-orders:Alias1': 'Shop/Orders',
  'incoming:QueueUrl': url('incoming'),
  'audit:QueueUrl': url('audit'),
  'audit:Alias0': 'AuditQueue',
};

/** The only stack at an endpoint, which has another name than the lab looks for. */
async function serving(): Promise<string[]> {
  const urls: string[] = [];
  await inAccount({
    DescribeStacks: ({ StackName }: Input): Answer =>
      StackName === undefined ? stack(served) : xmlError('ValidationError', 'Stack does not exist'),
    SendMessageBatch: ({ QueueUrl }: Input): Answer => {
      urls.push(String(QueueUrl));
      return json({ Successful: [], Failed: [] });
    },
  });
  return urls;
}

const send = (name: string) =>
  sendMessages({ stack: 'ParallelLambda', function: name, messages: 1, body: '{}' });

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

it('an unknown name is an error that names the functions and queues', async () => {
  await serving();
  await expect(send('nothing')).rejects.toThrow(
    'The stack ParallelLambda has no function nothing. It has: Shop-orders. Its queues: audit, incoming.',
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
    functions: [{ function: 'Shop-orders', queue: { visible: 2, inFlight: 1 } }],
  });
});
