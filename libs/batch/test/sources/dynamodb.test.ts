import { describe, expect, it } from 'vitest';

import { InvalidEventError } from '../../src/index.ts';
import { readBatch } from '../../src/technique/index.ts';
import { dynamoDbRecord } from './dynamodb-record.ts';

/** The lanes of records of items with these keys. */
function lanesOf(...items: readonly object[]): readonly (readonly number[])[] {
  return readBatch({ Records: items.map((Keys, index) => dynamoDbRecord(`${index}`, { Keys })) }).lanes;
}

/** The text of a record with this otherwise. */
function textOf(otherwise: Readonly<Record<string, unknown>>): string {
  return readBatch({ Records: [dynamoDbRecord('7', otherwise)] }).messages[0]?.text ?? '';
}

describe('a batch of DynamoDB Streams', () => {
  it('has a lane for each item, in the order of their first records', () => {
    const items = ['b', 'a', 'b', 'c', '__proto__', 'a', '__proto__'];
    expect(lanesOf(...items.map((S) => ({ Id: { S } })))).toEqual([[0, 2], [1, 5], [3], [4, 6]]);
  });

  it('distinguishes items by all of their keys and the types of the keys', () => {
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

  it('has messages with their record, identified by sequence number, and responds with a checkpoint', () => {
    const record = dynamoDbRecord('111');
    const { source, messages } = readBatch({ Records: [record, dynamoDbRecord('222')] });
    expect(source.name).toBe('DynamoDB Streams');
    expect(source.checkpoint).toBe(true);
    expect(messages.map((message) => source.identify(message))).toEqual(['111', '222']);
    expect(messages[0]).toMatchObject({ id: '111', receiveCount: undefined });
    expect(messages[0]?.record).toBe(record);
  });

  it.each([
    ['no sequence number', { SequenceNumber: undefined }, 'must have a SequenceNumber, not undefined'],
    [
      'an empty sequence number',
      { SequenceNumber: '' },
      'must have a SequenceNumber, not a text of 0 characters',
    ],
    ['a number as sequence number', { SequenceNumber: 7 }, 'must have a SequenceNumber, not 7'],
    ['no keys', { Keys: undefined }, "record b must have the item's Keys, not undefined"],
    ['keys that are null', { Keys: null }, "record b must have the item's Keys, not null"],
    ['a text as keys', { Keys: 'Id' }, "record b must have the item's Keys, not a text of 2 characters"],
  ])('is refused when a record has %s', (_, otherwise, expected) => {
    const event = { Records: [dynamoDbRecord('a'), dynamoDbRecord('b', otherwise)] };
    expect(() => readBatch(event)).toThrow(InvalidEventError);
    expect(() => readBatch(event)).toThrow(expected);
  });

  it.each([[undefined], [null], ['text'], [7]])('is refused when a record’s dynamodb is %o', (dynamodb) => {
    const event = { Records: [{ ...dynamoDbRecord('a'), dynamodb }] };
    expect(() => readBatch(event)).toThrow(InvalidEventError);
  });

  it('is refused if it contains a record twice', () => {
    const event = { Records: [dynamoDbRecord('a'), dynamoDbRecord('a')] };
    expect(() => readBatch(event)).toThrow(
      new InvalidEventError('DynamoDB Streams message a is a duplicate'),
    );
  });
});

describe('the text of a DynamoDB record', () => {
  it('is JSON of the change in plain values', () => {
    const OldImage = { Id: { N: '101' }, Message: { S: 'Old item' } };
    const NewImage = { Id: { N: '101' }, Message: { S: 'New item!' } };
    expect(JSON.parse(textOf({ Keys: { Id: { N: '101' } }, NewImage, OldImage }))).toEqual({
      eventName: 'INSERT',
      keys: { Id: 101 },
      newImage: { Id: 101, Message: 'New item!' },
      oldImage: { Id: 101, Message: 'Old item' },
    });
  });

  it('has the same shape for any item, also with an attribute named body', () => {
    const NewImage = { body: { S: '{"wait":1}' }, other: { S: 'kept' } };
    expect(JSON.parse(textOf({ NewImage }))).toMatchObject({
      newImage: { body: '{"wait":1}', other: 'kept' },
    });
  });

  it.each([
    ['a removal', { OldImage: { Id: { N: '1' } } }, { oldImage: { Id: 1 } }],
    ['a stream of keys only', {}, {}],
  ])('has no image that the record does not have: %s', (_, images, expected) => {
    for (const NewImage of [undefined, null]) {
      expect(JSON.parse(textOf({ ...images, Keys: { Id: { N: '1' } }, NewImage }))).toEqual({
        eventName: 'INSERT',
        keys: { Id: 1 },
        ...expected,
      });
    }
  });

  it('has a JSON value for each type, and rounds no number', () => {
    const NewImage = {
      text: { S: '😀 \uD800' },
      yes: { BOOL: true },
      nothing: { NULL: true },
      bytes: { B: '3q2+7w==' },
      list: { L: [{ N: '1.5' }, { M: { deep: { L: [] } } }] },
      texts: { SS: ['a', 'b'] },
      numbers: { NS: ['1', '123456789012345678901234567890'] },
      binaries: { BS: ['AA==', '/w=='] },
      large: { N: '9007199254740993' },
      fine: { N: '0.12345678901234567890123456789' },
      tiny: { N: '1E-130' },
      ['__proto__']: { S: 'an attribute like any other' },
    };
    const { newImage } = JSON.parse(textOf({ NewImage })) as { readonly newImage: object };
    expect(newImage).toEqual({
      text: '😀 \uD800',
      yes: true,
      nothing: null,
      bytes: '3q2+7w==',
      list: [1.5, { deep: [] }],
      texts: ['a', 'b'],
      numbers: [1, '123456789012345678901234567890'],
      binaries: ['AA==', '/w=='],
      large: '9007199254740993',
      fine: '0.12345678901234567890123456789',
      tiny: 1e-130,
      ['__proto__']: 'an attribute like any other',
    });
  });

  it('is all there, of a record of 400 kB', () => {
    const S = 'ä'.repeat(200_000);
    expect(JSON.parse(textOf({ NewImage: { body: { S } } }))).toMatchObject({ newImage: { body: S } });
  });
});
