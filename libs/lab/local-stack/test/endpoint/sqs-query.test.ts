import { afterAll, beforeAll, expect, it } from 'vitest';

import { functionResource, serveTemplate, type ServedTemplate } from '../served-template.ts';
import { form, sendTo, signedFor } from './send-to.ts';

let served: ServedTemplate;
let queueUrl: string;

beforeAll(async () => {
  served = await serveTemplate(
    { Orders: functionResource('orders'), Queue: { Type: 'AWS::SQS::Queue' } },
    { orders: 'export const handler = async (event) => event;' },
  );
  queueUrl = `${served.server.endpoint}/000000000000/Queue`;
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
});

/** Calls an operation as the AWS SDK for JavaScript 2 does. */
async function call(action: string, parameters: Readonly<Record<string, string>> = {}) {
  const body = new URLSearchParams({ Action: action, Version: '2012-11-05', ...parameters }).toString();
  const headers = { ...form, ...signedFor('sqs') };
  const answer = await sendTo(served.server.endpoint, 'POST', '/000000000000/Queue', headers, body);
  return { ...answer, fields: fieldsOf(answer.body) };
}

/** The texts of the innermost elements, in their order. */
function fieldsOf(xml: string): readonly (readonly string[])[] {
  return [...xml.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name = '', text = '']) => [name, text]);
}

function valuesOf(fields: readonly (readonly string[])[], name: string): readonly string[] {
  return fields.filter(([own]) => own === name).map(([, text = '']) => text);
}

const attribute = {
  'MessageAttribute.1.Name': 'tenant',
  'MessageAttribute.1.Value.DataType': 'String',
  'MessageAttribute.1.Value.StringValue': 'a&b',
};

it('a message is sent, received with its attributes, made visible and deleted', async () => {
  const message = { QueueUrl: queueUrl, MessageBody: '{"of":"<a & b>\r\n"}', ...attribute };
  const sent = await call('SendMessage', message);
  expect(sent.status).toBe(200);
  expect(sent.headers['content-type']).toBe('text/xml');
  expect(sent.body).toContain(
    '<SendMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><SendMessageResult>',
  );
  const receive = {
    QueueUrl: queueUrl,
    MaxNumberOfMessages: '10',
    WaitTimeSeconds: '1',
    'AttributeName.1': 'ApproximateReceiveCount',
    'MessageAttributeName.1': 'All',
  };
  const { fields, body } = await call('ReceiveMessage', receive);
  expect(valuesOf(fields, 'MessageId')).toEqual(valuesOf(sent.fields, 'MessageId'));
  expect(valuesOf(fields, 'MD5OfBody')).toEqual(valuesOf(sent.fields, 'MD5OfMessageBody'));
  expect(valuesOf(fields, 'Body')).toEqual(['{"of":"&lt;a &amp; b&gt;&#xD;\n"}']);
  expect(body).toContain('<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>');
  expect(body).toMatch(/<MessageAttribute><Name>tenant<\/Name><Value>.*<StringValue>a&amp;b<\/StringValue>/);
  const [ReceiptHandle = ''] = valuesOf(fields, 'ReceiptHandle');
  const visible = { QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: '0' };
  expect((await call('ChangeMessageVisibility', visible)).status).toBe(200);
  const again = await call('ReceiveMessage', receive);
  const [handle = ''] = valuesOf(again.fields, 'ReceiptHandle');
  expect((await call('DeleteMessage', { QueueUrl: queueUrl, ReceiptHandle: handle })).status).toBe(200);
  expect((await call('ReceiveMessage', { QueueUrl: queueUrl })).body).toContain(
    '<ReceiveMessageResult></ReceiveMessageResult>',
  );
});

it('batches name each entry, in the order of their numbers', async () => {
  const entries = Array.from({ length: 10 }, (_, index): [string, string][] => [
    [`SendMessageBatchRequestEntry.${index + 1}.Id`, `id-${index}`],
    [`SendMessageBatchRequestEntry.${index + 1}.MessageBody`, `body ${index}`],
    [`SendMessageBatchRequestEntry.${index + 1}.MessageAttribute.1.Name`, 'n'],
    [`SendMessageBatchRequestEntry.${index + 1}.MessageAttribute.1.Value.DataType`, 'Number'],
    [`SendMessageBatchRequestEntry.${index + 1}.MessageAttribute.1.Value.StringValue`, String(index)],
  ]).flat();
  const sent = await call('SendMessageBatch', { QueueUrl: queueUrl, ...Object.fromEntries(entries) });
  expect(valuesOf(sent.fields, 'Id')).toEqual(Array.from({ length: 10 }, (_, index) => `id-${index}`));
  expect(sent.body.match(/<SendMessageBatchResultEntry>/g)).toHaveLength(10);
  const received = await call('ReceiveMessage', { QueueUrl: queueUrl, MaxNumberOfMessages: '10' });
  const handles = valuesOf(received.fields, 'ReceiptHandle');
  const batchOf = (operation: string, more: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      handles.flatMap((handle, index) =>
        Object.entries({ Id: String(index), ReceiptHandle: handle, ...more }).map(([name, value]) => [
          `${operation}RequestEntry.${index + 1}.${name}`,
          value,
        ]),
      ),
    );
  for (const [operation, more] of [
    ['ChangeMessageVisibilityBatch', { VisibilityTimeout: '20' }],
    ['DeleteMessageBatch', {}],
  ] as const) {
    const { body } = await call(operation, { QueueUrl: queueUrl, ...batchOf(operation, more) });
    expect(body.match(new RegExp(`<${operation}ResultEntry>`, 'g'))).toHaveLength(10);
  }
});

it('a queue is made, found by its name, described and tagged', async () => {
  const made = await call('CreateQueue', {
    QueueName: 'parcels',
    'Attribute.1.Name': 'VisibilityTimeout',
    'Attribute.1.Value': '77',
    'Tag.1.Key': 'team',
    'Tag.1.Value': 'shop',
  });
  const found = await call('GetQueueUrl', { QueueName: 'parcels' });
  const [url = ''] = valuesOf(found.fields, 'QueueUrl');
  expect(url).toBe(`${served.server.endpoint}/000000000000/parcels`);
  expect(valuesOf(made.fields, 'QueueUrl')).toEqual([url]);
  const { body } = await call('GetQueueAttributes', {
    QueueUrl: url,
    'AttributeName.1': 'VisibilityTimeout',
  });
  expect(body).toContain('<Attribute><Name>VisibilityTimeout</Name><Value>77</Value></Attribute>');
  expect((await call('ListQueueTags', { QueueUrl: url })).body).toContain(
    '<Tag><Key>team</Key><Value>shop</Value></Tag>',
  );
  expect(valuesOf((await call('ListQueues', { QueueNamePrefix: 'par' })).fields, 'QueueUrl')).toEqual([url]);
});

const handle = { ReceiptHandle: 'none', VisibilityTimeout: '1' };
const wrongTimeout = { 'Attribute.1.Name': 'VisibilityTimeout', 'Attribute.1.Value': '-1' };

it.each([
  ['GetQueueUrl', { QueueName: 'none' }, 'AWS.SimpleQueueService.NonExistentQueue'],
  ['ChangeMessageVisibility', handle, 'AWS.SimpleQueueService.MessageNotInflight'],
  ['SetQueueAttributes', wrongTimeout, 'InvalidAttributeValue'],
  ['SendMessageBatch', {}, 'AWS.SimpleQueueService.EmptyBatchRequest'],
  ['FlyAway', {}, 'InvalidAction'],
])('an error of %s has the code of the query protocol', async (action, parameters, code) => {
  const { status, fields } = await call(action, { QueueUrl: queueUrl, ...parameters });
  expect(status).toBe(400);
  expect(valuesOf(fields, 'Code')).toEqual([code]);
  expect(valuesOf(fields, 'Type')).toEqual(['Sender']);
});
