import { describe, expect, it } from 'vitest';

import { InvalidEventError } from '../../src/index.ts';
import { readBatch } from '../../src/technique/index.ts';
import { dynamoDbRecord } from './dynamodb-record.ts';

/** The lanes of records of items with these keys. */
function lanesOf(...items: readonly object[]): readonly (readonly number[])[] {
  return readBatch({ Records: items.map((Keys, index) => dynamoDbRecord(`${index}`, { Keys })) }).lanes;
}

/** The text of a record with this otherwise. */
function textOf(otherwise: Readonly<Record<string, unknown>>): string | undefined {
  return readBatch({ Records: [dynamoDbRecord('7', otherwise)] }).messages[0]?.text;
}

describe('a batch of DynamoDB Streams', () => {
  it('has a lane for each item, in the order of their first records', () => {
    const items = ['b', 'a', 'b', 'c', '__proto__', 'a', '__proto__'];
    expect(lanesOf(...items.map((S) => ({ Id: { S } })))).toEqual([[0, 2], [1, 5], [3], [4, 6]]);
  });

  it('tells items apart by all of their keys, and by the types of these', () => {
    const one = { Id: { S: '1' }, Sort: { N: '1' } };
    const others = [
      { Id: { S: '1' } },
      { Id: { S: '1' }, Sort: { N: '2' } },
      { Id: { S: '2' }, Sort: { N: '1' } },
      { Id: { S: '1' }, Sort: { S: '1' } },
      { Id: { N: '1' }, Sort: { N: '1' } },
      { Id: { B: '1' }, Sort: { N: '1' } },
      { Id: { S: '1' }, Other: { N: '1' } },
      { Id: { S: '1","Sort":{"N":"1' } },
    ];
    expect(lanesOf(one, ...others, one)).toEqual([[0, 9], [1], [2], [3], [4], [5], [6], [7], [8]]);
  });

  it('takes the keys of an item for the same in whatever order they stand', () => {
    const Id = { N: '101' };
    const Sort = { S: 'x' };
    expect(lanesOf({ Id, Sort }, { Sort, Id }, { Id, Sort })).toEqual([[0, 1, 2]]);
  });

  it('has messages with the record itself, known by their sequence numbers, whose answer is a checkpoint', () => {
    const record = dynamoDbRecord('111');
    const { source, messages } = readBatch({ Records: [record, dynamoDbRecord('222')] });
    expect(source.name).toBe('DynamoDB Streams');
    expect(source.checkpoint).toBe(true);
    expect(messages.map((message) => source.identify(message))).toEqual(['111', '222']);
    expect(messages[0]).toMatchObject({ id: '111', receiveCount: undefined, refusal: undefined });
    expect(messages[0]?.record).toBe(record);
  });

  it.each([
    ['no sequence number', { SequenceNumber: undefined }, 'must have a SequenceNumber, not undefined'],
    ['an empty sequence number', { SequenceNumber: '' }, "must have a SequenceNumber, not ''"],
    ['a number as sequence number', { SequenceNumber: 7 }, 'must have a SequenceNumber, not 7'],
    ['no keys', { Keys: undefined }, "record b must have the item's Keys, not undefined"],
    ['keys that are null', { Keys: null }, "record b must have the item's Keys, not null"],
    ['a text as keys', { Keys: 'Id' }, "record b must have the item's Keys, not 'Id'"],
  ])('is refused when a record has %s', (_, otherwise, expected) => {
    const event = { Records: [dynamoDbRecord('a'), dynamoDbRecord('b', otherwise)] };
    expect(() => readBatch(event)).toThrow(InvalidEventError);
    expect(() => readBatch(event)).toThrow(expected);
  });

  it.each([[undefined], [null], ['text'], [7]])('is refused when a record’s dynamodb is %o', (dynamodb) => {
    const event = { Records: [{ ...dynamoDbRecord('a'), dynamodb }] };
    expect(() => readBatch(event)).toThrow(InvalidEventError);
  });

  it('is refused when a record comes twice', () => {
    const event = { Records: [dynamoDbRecord('a'), dynamoDbRecord('a')] };
    expect(() => readBatch(event)).toThrow(
      new InvalidEventError('DynamoDB Streams message a comes twice in one batch'),
    );
  });
});

describe('the text of a DynamoDB record', () => {
  it('is the new image’s body, a text of whatever characters', () => {
    for (const S of ['', '{"wait":1}', '😀 \uD800', ' \0 ']) {
      expect(textOf({ NewImage: { body: { S } } })).toBe(S);
    }
  });

  it('is in DynamoDB JSON where the body is no text', () => {
    expect(textOf({ NewImage: { body: { N: '7' } } })).toBe('{"N":"7"}');
    expect(textOf({ NewImage: { body: { M: { wait: { N: '1' } } } } })).toBe('{"M":{"wait":{"N":"1"}}}');
  });

  it('is the whole new image, in DynamoDB JSON, where that has no body', () => {
    expect(textOf({ NewImage: { Id: { N: '101' }, Message: { S: 'New item!' } } })).toBe(
      '{"Id":{"N":"101"},"Message":{"S":"New item!"}}',
    );
  });

  it.each([
    ['a removal', { OldImage: { body: { S: 'old' } } }],
    ['a stream of keys only', { StreamViewType: 'KEYS_ONLY' }],
  ])('is the item’s keys, in DynamoDB JSON, in %s', (_, otherwise) => {
    const Keys = { Id: { N: '101' }, Sort: { S: 'x' } };
    for (const NewImage of [undefined, null]) {
      expect(textOf({ ...otherwise, Keys, NewImage })).toBe('{"Id":{"N":"101"},"Sort":{"S":"x"}}');
    }
  });

  it('is all there, of a record of 400 kB', () => {
    const S = 'ä'.repeat(200_000);
    const [message] = readBatch({ Records: [dynamoDbRecord('7', { NewImage: { body: { S } } })] }).messages;
    expect(message?.text).toBe(S);
    expect(message?.bytes).toHaveLength(400_000);
  });
});
