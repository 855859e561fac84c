import { describe, expect, it } from 'vitest';

import { InvalidEventError } from '../src/index.ts';
import { readBatch } from '../src/technique/index.ts';
import { dynamoDbRecord } from './sources/dynamodb-record.ts';
import { kafkaRecord } from './sources/kafka-event.ts';
import { kinesisRecord } from './sources/kinesis-record.ts';
import { sqsFifoRecord, sqsRecord } from './sqs-record.ts';

function rejected(event: unknown): unknown {
  try {
    return readBatch(event);
  } catch (error) {
    return error;
  }
}

describe('a record that cannot be trusted', () => {
  it.each([
    ['is not an object', null, 'must be an object'],
    ['is a text', 'record', 'must be an object'],
    ['has no source', sqsRecord('b', { eventSource: undefined }), 'two sources'],
    ['has no queue', sqsRecord('b', { eventSourceARN: undefined }), 'two sources'],
    ['has no identifier', sqsRecord('b', { messageId: undefined }), 'messageId'],
    ['has an empty identifier', sqsRecord('b', { messageId: '' }), 'messageId, not a text of 0 characters'],
    ['has a number as identifier', sqsRecord('b', { messageId: 7 }), 'messageId, not 7'],
    ['has no body', sqsRecord('b', { body: undefined }), 'message b must have a string as body'],
    [
      'has an object as body',
      sqsRecord('b', { body: { do: 'this' } }),
      "not an object with the keys [ 'do' ]",
    ],
    ['comes from another queue', sqsRecord('b', { eventSourceARN: 'arn:aws:sqs:x:1:other' }), 'two sources'],
    ['comes from a FIFO queue', sqsFifoRecord('b', 'group'), 'two sources'],
    ['comes from a stream', kinesisRecord('b'), 'two sources'],
    ['is one of DynamoDB Streams', dynamoDbRecord('b'), 'two sources'],
    ['is one of Kafka', kafkaRecord({}), 'two sources'],
  ])('fails the whole event when it %s', (_, record, expected) => {
    const error = rejected({ Records: [sqsRecord('a'), record, sqsRecord('c')] });
    expect(error).toBeInstanceOf(InvalidEventError);
    expect(error).toHaveProperty('message', expect.stringContaining(expected));
  });

  it.each([
    ['is null', null, 'Records must have an eventSource, not null'],
    ['is a text', 'order', 'Records must have an eventSource, not a text of 5 characters'],
    ['has no source', sqsRecord('a', { eventSource: undefined }), 'must have an eventSource, not an obj'],
    ['is one of SNS', { EventSource: 'aws:sns', Sns: {} }, "with the keys [ 'EventSource', 'Sns' ]"],
    ['has a number as source', sqsRecord('a', { eventSource: 7 }), 'must have an eventSource, not an obj'],
    ['has no queue', sqsRecord('a', { eventSourceARN: undefined }), "'aws:sqs', eventSourceARN '' is not"],
    ['has an empty queue', sqsRecord('a', { eventSourceARN: '' }), "'aws:sqs', eventSourceARN '' is not"],
  ])('fails the whole event when it is the first and %s', (_, record, expected) => {
    const error = rejected({ Records: [record, sqsRecord('b')] });
    expect(error).toBeInstanceOf(InvalidEventError);
    expect(error).toHaveProperty('message', expect.stringContaining(expected));
  });

  it.each(['aws:s3', 'aws:SQS', 'sqs', '', '__proto__'])(
    'is one of the unknown source "%s"',
    (eventSource) => {
      const error = rejected({ Records: [sqsRecord('a', { eventSource })] });
      expect(error).toBeInstanceOf(InvalidEventError);
      expect(error).toHaveProperty(
        'message',
        expect.stringContaining('is not known; known: SQS, SQS FIFO, Kinesis'),
      );
    },
  );
});

describe('what only looks alike', () => {
  it('is not a FIFO queue by the end of its ARN alone', () => {
    const record = sqsRecord('a', { eventSource: 'aws:s3', eventSourceARN: 'arn:aws:s3:::bucket.fifo' });
    expect(() => readBatch({ Records: [record] })).toThrow(/is not known/);
  });

  it('is not one source by one ARN, and the error names both', () => {
    const eventSourceARN = 'arn:aws:sqs:us-east-2:123456789012:orders';
    const records = [
      sqsRecord('a', { eventSourceARN }),
      sqsRecord('b', { eventSourceARN, eventSource: 'aws:kinesis' }),
    ];
    expect(() => readBatch({ Records: records })).toThrow(
      `records of two sources: 'aws:sqs', eventSourceARN '${eventSourceARN}' and 'aws:kinesis', eventSourceARN '${eventSourceARN}'`,
    );
  });
});
