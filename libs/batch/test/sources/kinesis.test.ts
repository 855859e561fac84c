import { describe, expect, it, vi } from 'vitest';

import { InvalidEventError, InvalidMessageError, type Work } from '../../src/index.ts';
import { contextOf, readBatch, startWork, type BatchMessage } from '../../src/technique/index.ts';
import { kinesisRecord } from './kinesis-record.ts';

const context = contextOf({}, new AbortController().signal);

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
    expect(message).toMatchObject({ text, receiveCount: undefined, refusal: undefined });
    expect(Buffer.from(message?.bytes ?? []).toString()).toBe(text);
    expect(message?.record).toBe(record);
  });

  it.each(['', ' ', '\0', '\uFEFFafter a byte order mark', '😀 ä ﷽', '\uFFFD'])(
    'gives the text %j as it was sent',
    (text) => {
      expect(messageOf(text).text).toBe(text);
    },
  );

  it('gives what is not UTF-8 as bytes alone', () => {
    for (const bytes of [[0xff], [0x61, 0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
      const message = messageOf(bytes);
      expect([...message.bytes]).toEqual(bytes);
      expect(() => message.text).toThrow(InvalidMessageError);
      expect(() => message.text).toThrow('Message 7 is not UTF-8: read its bytes');
    }
  });

  it('says by which sequence number a record is known', () => {
    const { source, messages } = readBatch({ Records: [kinesisRecord('7'), kinesisRecord('8')] });
    expect(messages.map((message) => source.identify(message))).toEqual(['7', '8']);
  });

  it.each([
    ['no sequence number', { sequenceNumber: undefined }, 'must have a sequenceNumber, not undefined'],
    ['an empty sequence number', { sequenceNumber: '' }, "must have a sequenceNumber, not ''"],
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

  it('is refused when a record comes twice', () => {
    const event = { Records: [kinesisRecord('a'), kinesisRecord('a')] };
    expect(() => readBatch(event)).toThrow(
      new InvalidEventError('Kinesis message a comes twice in one batch'),
    );
  });
});

describe('a record that the Kinesis Producer Library made of several', () => {
  const aggregated = [0xf3, 0x89, 0x9a, 0xc2];

  it('fails without being worked on, and says why', () => {
    const work = vi.fn<Work>();
    const message = messageOf([...aggregated, 0x0a, 0x01]);
    expect(() => startWork(work, message, context)).toThrow(InvalidMessageError);
    expect(() => startWork(work, message, context)).toThrow(/aggregated by the Kinesis Producer Library/);
    expect(work).not.toHaveBeenCalled();
  });

  it('is known by its first four bytes, whatever comes after them', () => {
    expect(messageOf(aggregated).refusal).toBeDefined();
    for (let next = 0; next < 256; next += 1) {
      expect(messageOf([...aggregated, next, 0xff - next]).refusal, `${next}`).toBeDefined();
    }
  });

  it('is not what differs from it in one bit, is too short, or holds it further on', () => {
    const others = aggregated.flatMap((byte, place) =>
      Array.from({ length: 8 }, (_, bit) => aggregated.with(place, byte ^ (1 << bit))),
    );
    for (const bytes of [
      ...others,
      aggregated.slice(0, 3),
      [],
      [0, ...aggregated],
      [0, 0, 0, ...aggregated],
      aggregated.toReversed(),
    ]) {
      expect(messageOf([...bytes, 0x0a]).refusal, bytes.join()).toBeUndefined();
    }
  });
});
