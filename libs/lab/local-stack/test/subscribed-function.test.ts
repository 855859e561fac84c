import { ListQueuesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';

import { queueUrl } from '../src/index.ts';
import { publish, topicArn } from './publish.ts';
import { functionResource, serveTemplate, type ServedTemplate } from './served-template.ts';

const code = {
  echo: 'export const handler = async (event) => event;',
  fails: 'export const handler = async () => { throw new Error("out of stock"); };',
};
const att = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const topic = { Type: 'AWS::SNS::Topic' };
const queue = { Type: 'AWS::SQS::Queue' };
const subscription = (endpoint: unknown, properties: object = {}) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Orders' }, Protocol: 'lambda', Endpoint: endpoint, ...properties },
});

/** The bodies and attributes of the messages in a queue, once there are any. */
async function messagesIn({ server }: ServedTemplate, name: string) {
  const QueueUrl = queueUrl(server.endpoint, name);
  const command = new ReceiveMessageCommand({
    ...{ QueueUrl, WaitTimeSeconds: 10 },
    MessageAttributeNames: ['All'],
  });
  const { Messages = [] } = await server.client.send(command);
  return Messages.map(({ Body = '', MessageAttributes = {} }) => ({
    body: JSON.parse(Body) as unknown,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([key, { StringValue }]) => [key, StringValue]),
    ),
  }));
}

it('a function receives the messages of its topic that its filter policy accepts', async () => {
  const filter = { FilterPolicy: { kind: ['order'] } };
  await using served = await serveTemplate(
    { Orders: topic, Echo: functionResource('echo'), Subscription: subscription(att('Echo'), filter) },
    code,
  );
  await publish(served, 'of another kind', 'invoice');
  await publish(served, 'expected', 'order');
  await expect.poll(() => served.invocations.length, { timeout: 10_000 }).toBe(1);
  expect(served.invocations).toMatchObject([
    {
      ...{ function: 'Echo', origin: 'event' },
      result: {
        payload: {
          Records: [
            {
              ...{ EventSource: 'aws:sns', EventVersion: '1.0' },
              EventSubscriptionArn: expect.stringMatching(/^arn:aws:sns:.*:Orders:/) as unknown,
              Sns: {
                ...{ Type: 'Notification', Message: 'expected', Subject: null },
                TopicArn: 'arn:aws:sns:us-east-1:000000000000:Orders',
                MessageAttributes: { kind: { Type: 'String', Value: 'order' } },
                UnsubscribeUrl: expect.any(String) as unknown,
              },
            },
          ],
        },
      },
    },
  ]);
  expect(served.read.stacks[0]?.skipped).toEqual([]);
});

it('an SNS event of SAM that fails goes to its destination and its dead-letter queue', async () => {
  const events = { In: { Type: 'SNS', Properties: { Topic: { Ref: 'Orders' } } } };
  const properties = {
    Events: events,
    DeadLetterQueue: { Type: 'SQS', TargetArn: att('Dead') },
    EventInvokeConfig: {
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Type: 'SQS' } },
    },
  };
  await using served = await serveTemplate(
    { Orders: topic, Dead: queue, Fails: functionResource('fails', properties) },
    code,
  );
  await publish(served, 'order 1');
  const event = { Records: [{ Sns: { Message: 'order 1' } }] };
  expect(await messagesIn(served, 'FailsEventInvokeConfigOnFailureQueue')).toMatchObject([
    { body: { requestContext: { condition: 'RetriesExhausted' }, requestPayload: event } },
  ]);
  expect(await messagesIn(served, 'Dead')).toMatchObject([
    { body: event, attributes: { ErrorMessage: 'out of stock' } },
  ]);
  expect(served.read.assembly.functions[0]?.notes).toEqual([]);
});

it('the record of a success reaches another function through a topic, by a configuration of CDK', async () => {
  await using served = await serveTemplate(
    {
      ...{ Orders: topic, Done: topic, Echo: functionResource('echo'), Next: functionResource('echo') },
      First: subscription(att('Echo')),
      Second: subscription(att('Next'), { TopicArn: { Ref: 'Done' } }),
      Config: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Echo' },
          Qualifier: '$LATEST',
          DestinationConfig: { OnSuccess: { Destination: { Ref: 'Done' } } },
        },
      },
    },
    code,
  );
  await publish(served, 'order 1');
  await expect
    .poll(() => served.invocations.map((each) => each.function), { timeout: 10_000 })
    .toEqual(['Echo', 'Next']);
});

it('destinations and functions that are not served are named', async () => {
  const elsewhere = 'arn:aws:events:us-east-1:123456789012:event-bus/shop';
  const config = { DestinationConfig: { OnFailure: { Type: 'EventBridge', Destination: elsewhere } } };
  const bucket = 'arn:aws:s3:::failures';
  const clicks = {
    Type: 'Kinesis',
    Properties: {
      ...{ Stream: att('Clicks'), StartingPosition: 'LATEST' },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: bucket } },
    },
  };
  await using served = await serveTemplate(
    {
      Orders: topic,
      Clicks: { Type: 'AWS::Kinesis::Stream' },
      Echo: functionResource('echo', { EventInvokeConfig: config, Events: { In: clicks } }),
      Elsewhere: subscription('arn:aws:lambda:us-east-1:123456789012:function:theirs'),
    },
    code,
  );
  expect(served.read.stacks[0]).toMatchObject({
    skipped: [{ logicalId: 'Elsewhere', reason: 'its function is not in a stack here: theirs' }],
    warnings: [
      `EchoIn: its on-failure destination is not served here: ${bucket}`,
      `Echo: its on-failure destination is not served here: ${elsewhere}`,
    ],
  });
});

it('the queue of a subscribed function is not listed, and its topic is an output', async () => {
  await using served = await serveTemplate(
    { Orders: topic, Own: queue, Echo: functionResource('echo'), Subscription: subscription(att('Echo')) },
    code,
  );
  const { endpoint, client } = served.server;
  const { QueueUrls } = await client.send(new ListQueuesCommand());
  expect(QueueUrls).toEqual([queueUrl(endpoint, 'Own')]);
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/cloudformation/aws4_request',
  };
  const body = new URLSearchParams({ Action: 'DescribeStacks', Version: '2010-05-15' });
  const described = await (await fetch(endpoint, { method: 'POST', headers, body })).text();
  const outputs = [...described.matchAll(/<OutputKey>(.*?)<\/OutputKey><OutputValue>(.*?)</g)];
  expect(Object.fromEntries(outputs.map(([, key, value]) => [key, value]))).toEqual({
    'Echo:FunctionName': 'Echo',
    'Echo:TopicArn': topicArn,
    'Own:QueueUrl': queueUrl(endpoint, 'Own'),
    'Orders:TopicArn': topicArn,
  });
});
