import { expect, it } from 'vitest';

import { publish, topicArn } from './publish.ts';
import { functionResource, serveTemplate, type ServedTemplate } from './served-template.ts';

const echo = { echo: 'export const handler = async ({ Records }) => Records.map(({ body }) => body);' };
const att = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const subscription = (queue: string, properties: object = {}) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Orders' }, Protocol: 'sqs', Endpoint: att(queue), ...properties },
});
const reading = (queue: string) =>
  functionResource('echo', { Events: { In: { Type: 'SQS', Properties: { Queue: att(queue) } } } });

/** The bodies that the only invocation received. */
async function bodies({ invocations }: ServedTemplate): Promise<readonly string[]> {
  await expect.poll(() => invocations.length, { timeout: 10_000 }).toBe(1);
  const result = invocations[0]?.result;
  return result?.status === 'success' ? (result.payload as string[]) : [];
}

it('a queue receives the messages of its topic in an envelope', async () => {
  const resources = { Orders: { Type: 'AWS::SNS::Topic' }, Queue: { Type: 'AWS::SQS::Queue' } };
  await using served = await serveTemplate(
    { ...resources, Subscription: subscription('Queue'), Echo: reading('Queue') },
    echo,
  );
  await publish(served, '{"id":1}');
  const [body = ''] = await bodies(served);
  expect(JSON.parse(body)).toMatchObject({ Type: 'Notification', TopicArn: topicArn, Message: '{"id":1}' });
  expect(served.read.stacks[0]?.skipped).toEqual([]);
});

it('messages that the filter policy rejects do not arrive, and raw ones have no envelope', async () => {
  const filtered = { RawMessageDelivery: true, FilterPolicy: { kind: [{ prefix: 'order' }] } };
  const resources = { Orders: { Type: 'AWS::SNS::Topic' }, Queue: { Type: 'AWS::SQS::Queue' } };
  await using served = await serveTemplate(
    { ...resources, Subscription: subscription('Queue', filtered), Echo: reading('Queue') },
    echo,
  );
  await publish(served, 'without an attribute');
  await publish(served, 'of another kind', 'invoice');
  await publish(served, 'expected', 'order-placed');
  expect(await bodies(served)).toEqual(['expected']);
});

it('a subscription in the topic, and one of SAM through a separate queue, are served', async () => {
  const through = (name: string) =>
    functionResource(name, {
      Events: {
        In: { Type: 'SNS', Properties: { Topic: { Ref: 'Orders' }, SqsSubscription: { BatchSize: 1 } } },
      },
    });
  const topic = {
    Type: 'AWS::SNS::Topic',
    Properties: { Subscription: [{ Protocol: 'sqs', Endpoint: att('Queue') }] },
  };
  await using served = await serveTemplate(
    { Orders: topic, Queue: { Type: 'AWS::SQS::Queue' }, Echo: reading('Queue'), Other: through('echo') },
    echo,
  );
  await publish(served, 'for both');
  await expect.poll(() => served.invocations.length, { timeout: 10_000 }).toBe(2);
  expect(served.invocations.map((invocation) => invocation.function).sort()).toEqual(['Echo', 'Other']);
  expect(served.read.stacks[0]?.mappings).toMatchObject([
    {},
    { logicalId: 'OtherInEventSourceMapping', batchSize: 1 },
  ]);
});

it('subscriptions that are not served are named', async () => {
  await using served = await serveTemplate(
    {
      Orders: { Type: 'AWS::SNS::Topic' },
      Mail: subscription('Orders', { Protocol: 'email', Endpoint: 'shop@example.com' }),
      Elsewhere: subscription('Orders', { Endpoint: 'arn:aws:sqs:us-east-1:123456789012:theirs' }),
      Echo: functionResource('echo'),
    },
    echo,
  );
  expect(served.read.stacks[0]?.skipped.map(({ logicalId, reason }) => `${logicalId}: ${reason}`)).toEqual([
    'Mail: only queues and functions receive messages of topics here, and its Protocol is email',
    'Elsewhere: its queue is not in a stack here: arn:aws:sqs:us-east-1:123456789012:theirs',
  ]);
});

it('a filter policy that SNS would refuse is one sentence', async () => {
  const keys = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, ['x']]));
  const resources = { Orders: { Type: 'AWS::SNS::Topic' }, Queue: { Type: 'AWS::SQS::Queue' } };
  const serving = serveTemplate(
    { ...resources, Wrong: subscription('Queue', { FilterPolicy: keys }), Echo: reading('Queue') },
    echo,
  );
  await expect(serving).rejects.toThrow(
    /^Wrong cannot be served: .*FilterPolicy.* Correct it in the template\.$/,
  );
});
