import { expect, it } from 'vitest';

import { partialFailure } from '../../src/observe/partial-failure.ts';
import type { RecordedCall } from '../../src/observe/recorded-call.ts';

function callOf(target: string, input: object): RecordedCall {
  return {
    number: 0,
    method: 'POST',
    url: 'https://service.us-east-1.amazonaws.com/',
    headers: {
      'x-amz-target': target,
      authorization: 'Credential=lab/20260101/us-east-1/service/aws4_request',
    },
    body: Buffer.from(JSON.stringify(input)),
    text: '',
  };
}

const isBad = (text: string): boolean => text.includes('bad');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

it.each([
  [
    'AmazonSQS.SendMessageBatch',
    {
      Entries: [
        { Id: '1', MessageBody: 'good' },
        { Id: '2', MessageBody: 'bad' },
      ],
    },
    { Successful: [{ Id: '1' }], Failed: [{ Id: '2' }] },
  ],
  [
    'AWSEvents.PutEvents',
    { Entries: [{ Detail: 'bad' }, { Detail: 'good' }] },
    { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }, { EventId: 'lab' }] },
  ],
  [
    'Kinesis_20131202.PutRecords',
    { Records: [{ Data: base64('a good record') }, { Data: base64('a bad record') }] },
    { FailedRecordCount: 1, Records: [{ SequenceNumber: '1' }, { ErrorCode: 'InternalFailure' }] },
  ],
  [
    'DynamoDB_20120810.BatchWriteItem',
    { RequestItems: { orders: [{ PutRequest: { Item: { id: { S: 'bad' } } } }, { PutRequest: {} }] } },
    { UnprocessedItems: { orders: [{ PutRequest: { Item: { id: { S: 'bad' } } } }] } },
  ],
])('fails some of the entries of %s with HTTP status 200', (target, input, expected) => {
  const answer = partialFailure(callOf(target, input), isBad);
  expect(answer?.status).toBe(200);
  expect(JSON.parse(answer?.body ?? '')).toMatchObject(expected);
});

it('is none of a call that fails as a whole', () => {
  expect(partialFailure(callOf('AmazonSQS.SendMessage', {}), isBad)).toBeUndefined();
});
