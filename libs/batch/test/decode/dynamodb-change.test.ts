import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { dynamoDbChange } from '../../src/decode/index.ts';
import { InvalidMessageError } from '../../src/index.ts';
import { firstMessageOf } from '../message-of.ts';
import { dynamoDbRecord } from '../sources/dynamodb-record.ts';
import { message } from './decoded.ts';

describe('dynamoDbChange', () => {
  const changeOf = (otherwise: Readonly<Record<string, unknown>>) =>
    dynamoDbChange(undefined, firstMessageOf({ Records: [dynamoDbRecord('7', otherwise)] }));

  it('has keys and both images as JavaScript values', () => {
    const NewImage = {
      set: { SS: ['a', 'b'] },
      numbers: { NS: ['1', '2.5'] },
      bytes: { B: '3q2+7w==' },
      binaries: { BS: ['AA=='] },
      map: { M: { list: { L: [{ NULL: true }, { BOOL: false }] } } },
    };
    expect(changeOf({ Keys: { id: { N: '7' } }, NewImage, OldImage: { id: { N: '7' } } })).toEqual({
      eventName: 'INSERT',
      keys: { id: 7 },
      newImage: {
        set: new Set(['a', 'b']),
        numbers: new Set([1, 2.5]),
        bytes: Buffer.from('3q2+7w==', 'base64'),
        binaries: new Set([Buffer.from([0])]),
        map: { list: [null, false] },
      },
      oldImage: { id: 7 },
    });
    expect(changeOf({ NewImage: null })).toMatchObject({ newImage: undefined, oldImage: undefined });
  });

  it.each([
    ['0', 0],
    ['-12.50', -12.5],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-123456789012345678901234567890', -123456789012345678901234567890n],
    ['0.1', 0.1],
    ['123456789.123456', 123456789.123456],
    ['123456789.1234567', '123456789.1234567'],
    ['1E+125', 1e125],
    ['9.9999999999999999999999999999999999999E+125', '9.9999999999999999999999999999999999999E+125'],
  ])('keeps all digits of the number %s', (N, expected) => {
    expect(changeOf({ NewImage: { number: { N } } }).newImage).toEqual({ number: expected });
  });

  it('keeps any number exact: it is written back as the same number', () => {
    const digits = fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n });
    fc.assert(
      fc.property(digits, fc.nat(38), (number, places) => {
        const text = decimal(number, places);
        const read = changeOf({ NewImage: { number: { N: text } } }).newImage?.number;
        expect(Number(read)).toBe(Number(text));
        if (typeof read !== 'number') expect(String(read as bigint | string)).toBe(text);
        else expect(Number(read.toPrecision(15))).toBe(read);
      }),
      { seed: 20_261_128 },
    );
  });

  it('refuses a message of another source', () => {
    expect(() => dynamoDbChange(undefined, message)).toThrow(InvalidMessageError);
    expect(() => dynamoDbChange(undefined, message)).toThrow('must be a record of DynamoDB Streams');
  });

  it('keeps unknown members', () => {
    expect(changeOf({ NewImage: { new: { X: 1 }, none: {}, text: 'a' } }).newImage).toEqual({
      new: { X: 1 },
      none: {},
      text: 'a',
    });
  });
});

/** A number in decimal notation with this number of places, without zeros at its end. */
function decimal(number: bigint, places: number): string {
  const sign = number < 0n ? '-' : '';
  const digits = String(number < 0n ? -number : number).padStart(places + 1, '0');
  const [whole, fraction] = [digits.slice(0, digits.length - places), digits.slice(digits.length - places)];
  const kept = fraction.replace(/0+$/, '');
  return `${number === 0n ? '' : sign}${whole}${kept && `.${kept}`}`;
}
