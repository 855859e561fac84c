import { expect, it } from 'vitest';

import { destinationOf } from '../../src/observe/service-answer.ts';

const authorization = 'AWS4-HMAC-SHA256 Credential=lab/20260101/us-east-1/sqs/aws4_request';

function destination(target: string, body: string, headers: Record<string, string> = { authorization }) {
  const call = { method: 'POST', url: 'https://sqs.us-east-1.amazonaws.com/', body: Buffer.from(body) };
  return destinationOf({ ...call, headers: { ...headers, ...(target && { 'x-amz-target': target }) } });
}

it.each([
  ['AmazonSQS.SendMessageBatch', '{"QueueUrl":"https://sqs/parking","Entries":[]}', 'https://sqs/parking'],
  ['AmazonSQS.ChangeMessageVisibilityBatch', '{"QueueUrl":"https://sqs/orders"}', undefined],
  ['', 'Action=Publish&TopicArn=arn%3Aaws%3Asns%3Atopic&Message=m', 'arn:aws:sns:topic'],
  ['', '{"QueueUrl":"https://sqs/orders"}', undefined],
])('of %s %s is %s', (target, body, expected) => {
  expect(destination(target, body)).toBe(expected);
});

it('is that of calls to AWS only', () => {
  expect(destination('AmazonSQS.SendMessage', '{"QueueUrl":"https://sqs/parking"}', {})).toBeUndefined();
});
