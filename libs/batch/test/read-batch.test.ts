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

describe('a batch of a standard queue', () => {
  it('has the messages in the order of the event, each in its own lane', () => {
    const { source, messages, lanes } = readBatch({ Records: [sqsRecord('b'), sqsRecord('a')] });
    expect(source.name).toBe('SQS');
    expect(messages.map(({ id, text, receiveCount }) => [id, text, receiveCount])).toEqual([
      ['b', 'body of b', 1],
      ['a', 'body of a', 1],
    ]);
    expect(lanes).toEqual([[0], [1]]);
  });

  it('has a duplicate message once, at its first place', () => {
    const { messages, lanes } = readBatch({ Records: ['a', 'b', 'a', 'a'].map((id) => sqsRecord(id)) });
    expect(messages.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(lanes).toEqual([[0], [1]]);
    // With another body it is another message, which would be deleted without having been processed.
    const Records = [sqsRecord('a'), sqsRecord('a', { body: 'other' })];
    expect(() => readBatch({ Records })).toThrow('SQS message a is a duplicate');
  });

  it('makes no lane of a message group: on a standard queue it promises no order', () => {
    const attributes = { MessageGroupId: 'tenant' };
    const { lanes } = readBatch({ Records: ['a', 'b'].map((id) => sqsRecord(id, { attributes })) });
    expect(lanes).toEqual([[0], [1]]);
  });

  it.each([
    ['1', 1],
    ['23', 23],
    [4, 4],
    [0, undefined],
    [1.5, undefined],
    [undefined, undefined],
    ['', undefined],
    ['0', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['many', undefined],
    [true, undefined],
    [{ valueOf: 1, toString: 1 }, undefined],
  ])('reads the receive count %o as %o', (ApproximateReceiveCount, expected) => {
    const { messages } = readBatch({
      Records: [sqsRecord('a', { attributes: { ApproximateReceiveCount } })],
    });
    expect(messages[0]?.receiveCount).toBe(expected);
  });

  it.each([[undefined], [null], [7], ['text']])(
    'takes %o for attributes without a receive count',
    (attributes) => {
      const { messages } = readBatch({ Records: [sqsRecord('a', { attributes })] });
      expect(messages[0]).toMatchObject({ id: 'a', receiveCount: undefined });
    },
  );

  it('takes an empty body, and identifiers that are names of objects’ own', () => {
    const ids = ['__proto__', 'constructor', 'toString'];
    const { messages } = readBatch({ Records: ids.map((id) => sqsRecord(id, { body: '' })) });
    expect(messages.map(({ id, text }) => [id, text])).toEqual(ids.map((id) => [id, '']));
  });
});

describe('a batch of a FIFO queue', () => {
  it('has a lane for each message group, in the order of their first messages', () => {
    const groups = ['b', 'a', 'b', 'c', 'a', '__proto__', '__proto__'];
    const { source, lanes } = readBatch({
      Records: groups.map((group, index) => sqsFifoRecord(`message-${index}`, group)),
    });
    expect(source.name).toBe('SQS FIFO');
    expect(lanes).toEqual([[0, 2], [1, 4], [3], [5, 6]]);
  });

  it.each([[undefined], [''], [null], [7]])(
    'is refused when a message has the group %o',
    (MessageGroupId) => {
      const Records = [
        sqsFifoRecord('a', 'group'),
        sqsFifoRecord('b', 'x', { attributes: { MessageGroupId } }),
      ];
      expect(() => readBatch({ Records })).toThrow('Message b of a FIFO queue must have a MessageGroupId');
    },
  );

  it('is refused when a message is a duplicate, whose place in the order is unknown', () => {
    const Records = [sqsFifoRecord('a', 'one'), sqsFifoRecord('a', 'other')];
    expect(() => readBatch({ Records })).toThrow(new InvalidEventError('SQS FIFO message a is a duplicate'));
  });
});

describe('an empty batch', () => {
  it('is one with no records', () => {
    expect(readBatch({ Records: [] })).toMatchObject({ messages: [], lanes: [] });
  });

  it.each([
    [undefined],
    [null],
    [true],
    [7],
    ['{"Records": []}'],
    [{}],
    [{ records: [] }],
    [{ Records: undefined }],
    [{ Records: null }],
    [{ Records: 'a' }],
    [{ Records: { length: 0 } }],
    [{ Records: { 0: sqsRecord('a') } }],
    [{ simulate: {} }],
    [{ Records: [], records: {} }],
    [{ Records: [sqsRecord('a')], records: { 'orders-0': [] } }],
    [{ Records: null, records: {}, eventSource: 'aws:kafka' }],
    [() => undefined],
  ])('is not %o, which is refused', (event) => {
    const error = rejected(event);
    expect(error).toBeInstanceOf(InvalidEventError);
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining('must be a batch { "Records": [...] } of SQS'),
    );
  });

  it('describes the received value in one short line, whatever its length', () => {
    const { message } = rejected({ nonsense: 'x'.repeat(250_000) }) as Error;
    expect(message).toContain('nonsense');
    expect(message.length).toBeLessThan(500);
  });
});

describe('a hole in the list of records', () => {
  const withHole = (...records: unknown[]): unknown[] => {
    Reflect.deleteProperty(records, 1);
    return records;
  };

  it.each([
    ['Records', { Records: withHole(sqsRecord('a'), sqsRecord('b'), sqsRecord('c')) }],
    [
      'Records of a stream',
      { Records: withHole(kinesisRecord('1'), kinesisRecord('2'), kinesisRecord('3')) },
    ],
    ['Records at their end', { Records: Object.assign([sqsRecord('a')], { length: 2 }) }],
    ['records', { eventSource: 'aws:kafka', records: { 'orders-0': withHole(kafkaRecord({}), {}) } }],
    ['a list of a pipe', withHole(sqsRecord('a'), sqsRecord('b'), sqsRecord('c'))],
  ])('is not a record: %s are refused, not read as if nothing were there', (_, event) => {
    expect(rejected(event)).toBeInstanceOf(InvalidEventError);
  });
});

describe('an event of a tumbling window', () => {
  const window = { start: '2020-12-09T07:04:00Z', end: '2020-12-09T07:06:00Z' };

  it.each([
    [
      'all of it',
      { window, state: { 1: 282 }, isFinalInvokeForWindow: false, isWindowTerminatedEarly: false },
    ],
    ['a window alone', { window }],
    ['an empty state alone', { state: {} }],
    ['its last invocation alone', { isFinalInvokeForWindow: true }],
  ])('is refused, since the response would have no state: %s', (_, ofWindow) => {
    for (const Records of [[kinesisRecord('1')], [dynamoDbRecord('1')], []]) {
      const error = rejected({ Records, ...ofWindow });
      expect(error).toBeInstanceOf(InvalidEventError);
      expect(error).toHaveProperty('message', expect.stringContaining('belongs to a tumbling window'));
    }
  });
});
