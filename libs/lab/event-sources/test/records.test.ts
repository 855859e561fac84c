import { describe, expect, it } from 'vitest';

import { dynamoDbRecord } from '../src/dynamodb/dynamodb-record.ts';
import { kafkaEvent } from '../src/kafka/kafka-event.ts';
import { kafkaRecord } from '../src/kafka/kafka-record.ts';
import { KafkaTopics } from '../src/kafka/kafka-topics.ts';
import { kinesisRecord } from '../src/kinesis/kinesis-record.ts';
import { KinesisStream } from '../src/kinesis/kinesis-stream.ts';
import { sqsRecord } from '../src/sqs/sqs-record.ts';
import { taken } from './taken.ts';

describe('a record looks as AWS sends it', () => {
  it('from a FIFO queue', () => {
    expect(sqsRecord({ messageId: 'm', body: 'text', messageGroupId: 'g', receiveCount: 3 }))
      .toMatchInlineSnapshot(`
      {
        "attributes": {
          "ApproximateFirstReceiveTimestamp": "1545082649185",
          "ApproximateReceiveCount": "3",
          "MessageDeduplicationId": "m",
          "MessageGroupId": "g",
          "SenderId": "AIDAIENQZJOLO23YVJ4VO",
          "SentTimestamp": "1545082649183",
          "SequenceNumber": "18849496460467696128",
        },
        "awsRegion": "us-east-1",
        "body": "text",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:lab.fifo",
        "md5OfBody": "1cb251ec0d568de6a929b520c4aed8d1",
        "messageAttributes": {},
        "messageId": "m",
        "receiptHandle": "receipt-m",
      }
    `);
  });

  it('from a Kinesis stream', () => {
    expect(kinesisRecord({ partitionKey: 'key', data: 'Grüße' })).toMatchInlineSnapshot(`
      {
        "awsRegion": "us-east-1",
        "eventID": "shardId-000000000000:49590338271490256608559692538361571095921575989136588898",
        "eventName": "aws:kinesis:record",
        "eventSource": "aws:kinesis",
        "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/lab",
        "eventVersion": "1.0",
        "invokeIdentityArn": "arn:aws:iam::123456789012:role/lambda-role",
        "kinesis": {
          "approximateArrivalTimestamp": 1545084650.987,
          "data": "R3LDvMOfZQ==",
          "kinesisSchemaVersion": "1.0",
          "partitionKey": "key",
          "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
        },
      }
    `);
  });

  it('from a DynamoDB stream', () => {
    expect(dynamoDbRecord({ keys: { id: { N: '101' } }, newImage: { id: { N: '101' }, body: { S: '[]' } } }))
      .toMatchInlineSnapshot(`
      {
        "awsRegion": "us-east-1",
        "dynamodb": {
          "ApproximateCreationDateTime": 1479499740,
          "Keys": {
            "id": {
              "N": "101",
            },
          },
          "NewImage": {
            "body": {
              "S": "[]",
            },
            "id": {
              "N": "101",
            },
          },
          "SequenceNumber": "100000000000000000001",
          "SizeBytes": 75,
          "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventID": "89a2688544e39cde37c29740eedac45b",
        "eventName": "INSERT",
        "eventSource": "aws:dynamodb",
        "eventSourceARN": "arn:aws:dynamodb:us-east-1:123456789012:table/lab/stream/2018-12-18T00:00:00.000",
        "eventVersion": "1.1",
      }
    `);
  });

  it('from a Kafka topic', () => {
    expect(kafkaEvent([kafkaRecord({ key: 'k', value: 'text', headers: [['trace', 'ab']] })]))
      .toMatchInlineSnapshot(`
      {
        "bootstrapServers": "b-1.lab.example.com:9092,b-2.lab.example.com:9092",
        "eventSource": "aws:kafka",
        "eventSourceArn": "arn:aws:kafka:us-east-1:123456789012:cluster/lab/6cc0432b-8618-4f44-bccc-e1fbd8fb7c4d-2",
        "records": {
          "topic-0": [
            {
              "headers": [
                {
                  "trace": [
                    97,
                    98,
                  ],
                },
              ],
              "key": "aw==",
              "offset": 0,
              "partition": 0,
              "timestamp": 1545084650987,
              "timestampType": "CREATE_TIME",
              "topic": "topic",
              "value": "dGV4dA==",
            },
          ],
        },
      }
    `);
  });
});

describe('a record', () => {
  it('of Kinesis carries bytes that are no text', () => {
    const { data } = kinesisRecord({ partitionKey: 'k', data: new Uint8Array([0, 255]) }).kinesis;
    expect([...Buffer.from(data, 'base64')]).toEqual([0, 255]);
  });

  it.each([
    ['INSERT', { newImage: {} }],
    ['MODIFY', { newImage: {}, oldImage: {} }],
    ['REMOVE', { oldImage: {} }],
    ['REMOVE', {}],
  ])('of DynamoDB is called %s by its images: %j', (eventName, images) => {
    const record = dynamoDbRecord({ keys: {}, ...images });
    expect(record.eventName).toBe(eventName);
    expect(record.dynamodb).toHaveProperty('SizeBytes');
    expect(Object.hasOwn(record.dynamodb, 'NewImage')).toBe('newImage' in images);
    expect(Object.hasOwn(record.dynamodb, 'OldImage')).toBe('oldImage' in images);
  });

  it('of Kafka can be a tombstone without a key', () => {
    expect(kafkaRecord({ value: null })).toMatchObject({ key: null, value: null });
  });

  it('of a self-managed Kafka has no ARN', () => {
    const event = kafkaEvent([], { selfManaged: true });
    expect(event.eventSource).toBe('SelfManagedKafka');
    expect(event).not.toHaveProperty('eventSourceArn');
  });
});

describe('an event', () => {
  it('is a new object for each delivery, so that a function may change it', () => {
    const stream = new KinesisStream();
    stream.put({ partitionKey: 'k', data: 'text' }, 5000);
    const first = taken(stream.next(0));
    const before = structuredClone(first.event);
    Object.assign(first.event.Records[0]?.kinesis ?? {}, { data: 'changed' });
    stream.settle(first, { kind: 'error' }, 1);
    expect(taken(stream.next(1)).event).toEqual(before);
    expect(before.Records[0]?.kinesis.approximateArrivalTimestamp).toBe(5);
  });

  it('of Kafka groups the records of a partition', () => {
    const topics = new KafkaTopics({ selfManaged: true });
    for (const partition of [1, 0, 1]) topics.produce({ partition, value: 'x' }, 7);
    const { records } = taken(topics.next(0)).event;
    expect(records['topic-1']?.map(({ offset, timestamp }) => [offset, timestamp])).toEqual([
      [0, 7],
      [1, 7],
    ]);
  });
});
