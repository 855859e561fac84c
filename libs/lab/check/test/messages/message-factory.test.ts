import {
  dynamoDbRecord,
  kafkaEvent,
  kafkaRecord,
  kinesisRecord,
  sqsEvent,
  sqsRecord,
} from '@parallel-lambda/event-sources';
import { describe, expect, it } from 'vitest';

import { MessageFactory } from '../../src/messages/message-factory.ts';
import { sourceNames } from '../../src/messages/test-message.ts';

const events = {
  sqs: sqsEvent(1, { orderId: 7 }),
  'sqs-fifo': { Records: [sqsRecord({ messageId: 'm', body: '{"orderId":7}', messageGroupId: 'g' })] },
  kinesis: { Records: [kinesisRecord({ partitionKey: 'p', data: '{"orderId":7}' })] },
  dynamodb: {
    Records: [dynamoDbRecord({ keys: { orderId: { N: '7' } }, newImage: { orderId: { N: '7' } } })],
  },
  kafka: kafkaEvent([kafkaRecord({ topic: 'orders', value: '{"orderId":7}' })]),
};

describe.each(sourceNames)('messages of %s', (source) => {
  const factory = new MessageFactory({ events: [{ file: 'event.json', event: events[source] }], seed: 0 });
  const [first, second] = factory.batch(0, 2);

  it('are those of the event, each with a unique identifier and counter', () => {
    expect(factory.source).toBe(source);
    expect(first?.key).not.toBe(second?.key);
    expect(first?.tokens).toContain('100001');
    expect(second?.tokens).toContain('100002');
  });

  it('are reported by the identifier that AWS documents', () => {
    const records = first?.record as Readonly<Record<string, unknown>>;
    const identifier = {
      sqs: records.messageId,
      'sqs-fifo': records.messageId,
      kinesis: (records.kinesis as { sequenceNumber: string } | undefined)?.sequenceNumber,
      dynamodb: (records.dynamodb as { SequenceNumber: string } | undefined)?.SequenceNumber,
      kafka: { partition: `orders-${String(records.partition)}`, offset: records.offset },
    }[source];
    expect(factory.format.reportedKey(identifier)).toBe(first?.key);
  });

  it('are the same for the same number, and others for another seed', () => {
    expect(factory.make(5)).toEqual(factory.make(5));
    const other = new MessageFactory({ source, seed: 1 });
    expect(other.make(5).key).not.toBe(new MessageFactory({ source, seed: 0 }).make(5).key);
  });

  it('make an event that can be read again', () => {
    const event = factory.format.eventOf(factory.batch(0, 3).map(({ record }) => record as never));
    const again = new MessageFactory({ events: [{ file: 'again.json', event }], seed: 0 });
    expect(again.source).toBe(source);
  });
});

it.each(sourceNames)('makes messages of %s without an event, each with a counter', (source) => {
  const [first, second] = new MessageFactory({ source, seed: 0 }).batch(0, 2);
  expect(first?.tokens).toEqual(expect.arrayContaining(['check-100001', '100001']));
  expect(second?.tokens).toEqual(expect.arrayContaining(['check-100002', '100002']));
});

it('spreads messages of Kafka over 10 partitions, as a topic does', () => {
  const messages = new MessageFactory({ source: 'kafka', seed: 1 }).batch(0, 40);
  expect(new Set(messages.map(({ record }) => (record as { partition: number }).partition)).size).toBe(10);
  expect(new Set(messages.map(({ key }) => key)).size).toBe(40);
});

it('refuses an event without messages, and events of two sources', () => {
  const nothing = { file: 'empty.json', event: { detail: 'none' } };
  expect(() => new MessageFactory({ events: [nothing], seed: 0 })).toThrow(/^empty.json has no messages/);
  const two = [
    { file: 'a.json', event: events.sqs },
    { file: 'b.json', event: events.kinesis },
  ];
  expect(() => new MessageFactory({ events: two, seed: 0 })).toThrow(
    'b.json is an event of kinesis: expected sqs',
  );
});

it.each(['dynamodb', 'kinesis', 'sqs-fifo', 'kafka'] as const)(
  'gives messages of %s that share a lane the key that orders them, and each an identity',
  (source) => {
    const messages = new MessageFactory({ source, seed: 0 }).batch(0, 3, () => ({ lane: 'lane-2' }));
    const keys = messages.map(({ record }) => {
      const { dynamodb, kinesis, attributes, key } = record as Readonly<Record<string, unknown>>;
      return JSON.stringify(
        (dynamodb as { Keys: unknown } | undefined)?.Keys ??
          (kinesis as { partitionKey: unknown } | undefined)?.partitionKey ??
          (attributes as { MessageGroupId: unknown } | undefined)?.MessageGroupId ??
          key,
      );
    });
    expect(new Set(keys).size).toBe(1);
    expect(new Set(messages.map(({ record }) => JSON.stringify(record))).size).toBe(3);
  },
);
