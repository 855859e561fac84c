import { describe, expect, it } from 'vitest';

import { InvalidEventError, InvalidMessageError, type KafkaIdentifier } from '../../src/index.ts';
import { readBatch } from '../../src/technique/index.ts';
import { kafkaEvent, kafkaRecord } from './kafka-event.ts';

const keyed = (keys: readonly (string | null)[], partition = 0) =>
  keys.map((key, offset) => ({ partition, offset, key }));

describe('a batch of Kafka', () => {
  it('has a lane for each partition of each topic', () => {
    const { source, messages, lanes } = readBatch(
      kafkaEvent(
        { partition: 1, offset: 5 },
        { partition: 1, offset: 6 },
        { partition: 0, offset: 5 },
        { topic: 'returns-0', partition: 1, offset: 5 },
        { topic: 'returns-0', partition: 1, offset: 8 },
      ),
    );
    expect(source.name).toBe('Kafka');
    expect(source.checkpoint).toBe(false);
    expect(messages.map(({ id }) => id)).toEqual([
      'orders-1@5',
      'orders-1@6',
      'orders-0@5',
      'returns-0-1@5',
      'returns-0-1@8',
    ]);
    expect(lanes).toEqual([[0, 1], [2], [3, 4]]);
  });

  it('has one lane a partition whatever the keys, unless asked for lanes by key', () => {
    const event = kafkaEvent(...keyed(['a', 'b', 'a']));
    expect(readBatch(event).lanes).toEqual([[0, 1, 2]]);
    expect(readBatch(event, { kafkaLanes: 'partition' }).lanes).toEqual([[0, 1, 2]]);
    expect(readBatch(event, { kafkaLanes: 'key' }).lanes).toEqual([[0, 2], [1]]);
  });

  it('has lanes by key within each partition, and one for every record without a key', () => {
    const event = kafkaEvent(
      ...keyed(['a', null, 'a', '', null, '__proto__', '', '__proto__']),
      ...keyed(['a', null], 1),
    );
    expect(readBatch(event, { kafkaLanes: 'key' }).lanes).toEqual([
      [0, 2],
      [1],
      [3, 6],
      [4],
      [5, 7],
      [8],
      [9],
    ]);
  });

  it('identifies a record by partition, topic and offset, as an object', () => {
    const { source, messages } = readBatch(
      kafkaEvent({ partition: 1, offset: 5 }, { topic: 'returns', offset: 2 ** 40 }),
    );
    expect(messages.map((message) => source.identify(message))).toEqual<KafkaIdentifier[]>([
      { partition: 'orders-1', offset: 5 },
      { partition: 'returns-0', offset: 2 ** 40 },
    ]);
  });

  it('has messages with the value as text and as bytes, and the record itself', () => {
    const record = kafkaRecord({ offset: 5 });
    const event = { eventSource: 'aws:kafka', records: { 'orders-0': [record] } };
    const [message] = readBatch(event).messages;
    expect(message).toMatchObject({ text: 'value at 5', receiveCount: undefined });
    expect(Buffer.from(message?.bytes ?? []).toString()).toBe('value at 5');
    expect(message?.record).toBe(record);
  });

  it('has only bytes for data that is not UTF-8', () => {
    const [message] = readBatch(kafkaEvent({ otherwise: { value: '/w==' } })).messages;
    expect([...(message?.bytes ?? [])]).toEqual([0xff]);
    expect(() => message?.text).toThrow(InvalidMessageError);
  });

  it.each([[null], [undefined]])('takes a tombstone, whose value is %o, for an empty text', (value) => {
    const [message] = readBatch(kafkaEvent({ otherwise: { value } })).messages;
    expect(message?.text).toBe('');
    expect(message?.bytes).toHaveLength(0);
    expect(message?.record).toHaveProperty('value', value);
  });

  it('may come from a self-managed cluster, which has no ARN', () => {
    const { source, messages } = readBatch({
      eventSource: 'SelfManagedKafka',
      bootstrapServers: 'abc.xyz.com:9092',
      records: { 'orders-0': [kafkaRecord({})] },
    });
    expect([source.name, messages.length]).toEqual(['Kafka', 1]);
  });

  it.each([[{}], [{ 'orders-0': [] }], [{ 'orders-0': [], 'orders-1': [] }]])(
    'is empty when its records are %o',
    (records) => {
      expect(readBatch({ eventSource: 'aws:kafka', records })).toMatchObject({ messages: [], lanes: [] });
    },
  );

  it.each([
    ['no topic', { topic: null }, '{ topic: null, partition: 0, offset: 7 }'],
    ['an empty topic', { topic: '' }, "{ topic: '',"],
    ['no partition', { partition: null }, 'partition: null'],
    ['a text that is not a number as partition', { partition: 'one' }, "partition: 'one'"],
    ['an empty text as partition', { partition: '' }, "partition: ''"],
    ['a negative partition', { partition: -1 }, 'partition: -1'],
    ['a text as offset', { offset: '7' }, "offset: '7'"],
    ['half an offset', { offset: 7.5 }, 'offset: 7.5'],
    ['an offset that is not a safe integer', { offset: 2 ** 53 }, 'offset: 9007199254740992'],
    [
      'an object as value',
      { otherwise: { value: { a: 1 } } },
      "value must be base64 or null, not an object with the keys [ 'a' ]",
    ],
    ['a number as value', { otherwise: { value: 0 } }, 'value must be base64 or null, not 0'],
  ])('is refused when a record has %s', (_, fields, expected) => {
    const event = kafkaEvent({ offset: 6 }, { offset: 7, ...fields });
    expect(() => readBatch(event)).toThrow(InvalidEventError);
    expect(() => readBatch(event)).toThrow(expected);
  });

  it.each([[null], ['record'], [7]])('is refused when a record is %o', (record) => {
    const event = { eventSource: 'aws:kafka', records: { 'orders-0': [kafkaRecord({}), record] } };
    expect(() => readBatch(event)).toThrow(InvalidEventError);
    expect(() => readBatch(event)).toThrow('A Kafka record must be an object, not ');
  });

  it('is refused if it contains a record twice', () => {
    expect(() => readBatch(kafkaEvent({ offset: 7 }, { offset: 7 }))).toThrow(
      new InvalidEventError('Kafka message orders-0@7 is a duplicate'),
    );
  });

  it.each([[undefined], [null], [7]])('is refused when its eventSource is %o', (eventSource) => {
    expect(() => readBatch({ ...kafkaEvent({}), eventSource })).toThrow(
      'Records must have an eventSource, not an object with the keys',
    );
  });

  it('is refused when its eventSource is not known', () => {
    expect(() => readBatch({ ...kafkaEvent({}), eventSource: 'aws:rmq' })).toThrow(
      'is not known; known: SQS, SQS FIFO, Kinesis, DynamoDB Streams, Kafka',
    );
  });

  it.each([[[]], [[kafkaRecord({})]], [null], ['text'], [{ 'orders-0': {} }], [{ 'orders-0': null }]])(
    'is refused when its records are %o',
    (records) => {
      expect(() => readBatch({ eventSource: 'aws:kafka', records })).toThrow(InvalidEventError);
    },
  );
});
