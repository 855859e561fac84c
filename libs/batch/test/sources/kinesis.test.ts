import { describe, expect, it } from 'vitest';

import { InvalidEventError, InvalidMessageError } from '../../src/index.ts';
import { readBatch, type BatchMessage } from '../../src/technique/index.ts';
import { kinesisRecord } from './kinesis-record.ts';

/** The message of a record with these bytes. */
function messageOf(bytes: Iterable<number> | string): BatchMessage {
  const data = Buffer.from(bytes as string).toString('base64');
  const [message] = readBatch({ Records: [kinesisRecord('7', { data })] }).messages;
  if (!message) throw new Error('There is a message');
  return message;
}

describe('a batch of Kinesis', () => {
  it('has a lane for each partition key, in the order of their first records', () => {
    const keys = ['b', 'a', 'b', 'c', 'a', '__proto__', '__proto__', ''];
    const Records = keys.map((partitionKey, index) => kinesisRecord(`${index}`, { partitionKey }));
    const { source, messages, lanes } = readBatch({ Records });
    expect(source.name).toBe('Kinesis');
    expect(source.checkpoint).toBe(true);
    expect(messages.map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    expect(lanes).toEqual([[0, 2], [1, 4], [3], [5, 6], [7]]);
  });

  it('has messages with the data as text and as bytes, and the record itself', () => {
    const record = kinesisRecord('49545115243490985018280067714973144582180062593244200961');
    const [message] = readBatch({ Records: [record] }).messages;
    const text = 'data of 49545115243490985018280067714973144582180062593244200961';
    expect(message).toMatchObject({ text, receiveCount: undefined });
    expect(Buffer.from(message?.bytes ?? []).toString()).toBe(text);
    expect(message?.record).toBe(record);
  });

  it.each(['', ' ', '\0', '\uFEFFafter a byte order mark', '😀 ä ﷽', '\uFFFD'])(
    'gives the text %j as it was sent',
    (text) => {
      expect(messageOf(text).text).toBe(text);
    },
  );

  it('has only bytes for data that is not UTF-8', () => {
    for (const bytes of [[0xff], [0x61, 0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
      const message = messageOf(bytes);
      expect([...message.bytes]).toEqual(bytes);
      expect(() => message.text).toThrow(InvalidMessageError);
      expect(() => message.text).toThrow('Message 7 is not UTF-8, so it has no text. Read its bytes');
    }
  });

  it('names the sequence number of a record', () => {
    const { source, messages } = readBatch({ Records: [kinesisRecord('7'), kinesisRecord('8')] });
    expect(messages.map((message) => source.identify(message))).toEqual(['7', '8']);
  });

  it.each([
    ['no sequence number', { sequenceNumber: undefined }, 'must have a sequenceNumber, not undefined'],
    [
      'an empty sequence number',
      { sequenceNumber: '' },
      'must have a sequenceNumber, not a text of 0 characters',
    ],
    ['a number as sequence number', { sequenceNumber: 7 }, 'must have a sequenceNumber, not 7'],
    ['no partition key', { partitionKey: undefined }, 'record b must have a partitionKey, not undefined'],
    ['a number as partition key', { partitionKey: 7 }, 'record b must have a partitionKey, not 7'],
    ['no data', { data: undefined }, 'record b must have data in base64, not undefined'],
    ['data that is null', { data: null }, 'record b must have data in base64, not null'],
  ])('is refused when a record has %s', (_, otherwise, expected) => {
    const event = { Records: [kinesisRecord('a'), kinesisRecord('b', otherwise)] };
    expect(() => readBatch(event)).toThrow(InvalidEventError);
    expect(() => readBatch(event)).toThrow(expected);
  });

  it.each([[undefined], [null], ['text'], [7]])('is refused when a record’s kinesis is %o', (kinesis) => {
    const event = { Records: [{ ...kinesisRecord('a'), kinesis }] };
    expect(() => readBatch(event)).toThrow(InvalidEventError);
  });

  it('is refused if it contains a record twice', () => {
    const event = { Records: [kinesisRecord('a'), kinesisRecord('a')] };
    expect(() => readBatch(event)).toThrow(new InvalidEventError('Kinesis message a is a duplicate'));
  });
});

describe('the order of a stream', () => {
  const idsOf = (...Records: readonly object[]) => readBatch({ Records }).messages.map(({ id }) => id);

  it('is that of the sequence numbers as numbers, whatever the order of the event', () => {
    const numbers = ['9', '49590338271490256608559692538361571095921575989136588899', '10', '100', '99'];
    expect(idsOf(...numbers.map((number) => kinesisRecord(number)))).toEqual([
      '9',
      '10',
      '99',
      '100',
      '49590338271490256608559692538361571095921575989136588899',
    ]);
  });

  it('is that of the event where a sequence number is not a number', () => {
    expect(idsOf(kinesisRecord('b'), kinesisRecord('10'), kinesisRecord('9'))).toEqual(['b', '10', '9']);
  });

  it('holds for the messages of a lane', () => {
    const Records = ['3', '1', '2'].map((number) => kinesisRecord(number, { partitionKey: 'a' }));
    const { messages, lanes } = readBatch({ Records });
    expect(lanes[0]?.map((position) => messages[position]?.id)).toEqual(['1', '2', '3']);
  });
});

describe('records with a subSequenceNumber, which were de-aggregated before', () => {
  it.each([[[0, 1, 2]], [['0', '1', '2']]])('are separate messages with one identifier: %o', (numbers) => {
    const Records = numbers.map((subSequenceNumber) => kinesisRecord('7', { subSequenceNumber }));
    const { source, messages } = readBatch({ Records });
    expect(messages.map(({ id }) => id)).toEqual(['7/0', '7/1', '7/2']);
    expect(messages.map((message) => source.identify(message))).toEqual(['7', '7', '7']);
  });

  it('are in their order, among whole records', () => {
    const places = [
      ['8', undefined],
      ['7', 10],
      ['7', 9],
      ['6', undefined],
    ] as const;
    const Records = places.map(([number, subSequenceNumber]) => kinesisRecord(number, { subSequenceNumber }));
    expect(readBatch({ Records }).messages.map(({ id }) => id)).toEqual(['6', '7/9', '7/10', '8']);
  });

  it.each([['one'], [-1], [1.5], [{}], ['']])('are refused when it is %o', (subSequenceNumber) => {
    const event = { Records: [kinesisRecord('7', { subSequenceNumber })] };
    expect(() => readBatch(event)).toThrow('record 7 must have a whole number as subSequenceNumber');
  });

  it('are refused when one is a duplicate', () => {
    const Records = [0, 1, 1].map((subSequenceNumber) => kinesisRecord('7', { subSequenceNumber }));
    expect(() => readBatch({ Records })).toThrow('Kinesis message 7/1 is a duplicate');
  });
});
