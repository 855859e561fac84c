import { createHash } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Outcome } from '../../src/index.ts';
import { checkResponse } from '../../src/respond.ts';
import { readBatch, respond, succeeded } from '../../src/technique/index.ts';
import { kinesisRecord } from './kinesis-record.ts';

interface UserRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** Made by AWS's `aws-kinesis-agg` 4.2.8: `one` and `three` of the key a, `two` of the key b, which has a hash key. */
const byAws = '84mawgoBYQoBYhIBNxoHCAAaA29uZRoJCAEQABoDdHdvGgkIABoFdGhyZWXAfh2MUasmuI33iHU8FrXN';

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function field(number: number, value: number | Uint8Array): number[] {
  return typeof value === 'number'
    ? [...varint(number * 8), ...varint(value)]
    : [...varint(number * 8 + 2), ...varint(value.length), ...value];
}

/** The data of an aggregated record with this protocol buffer message. */
function sealed(message: readonly number[]): Buffer {
  const content = Uint8Array.from(message);
  const digest = createHash('md5').update(content).digest();
  return Buffer.concat([Uint8Array.from([0xf3, 0x89, 0x9a, 0xc2]), content, digest]);
}

function aggregate(records: readonly UserRecord[]): Buffer {
  const keys = [...new Set(records.map(({ partitionKey }) => partitionKey))];
  return sealed([
    ...keys.flatMap((key) => field(1, Buffer.from(key))),
    ...records.flatMap(({ partitionKey, data }) =>
      field(3, Uint8Array.from([...field(1, keys.indexOf(partitionKey)), ...field(3, data)])),
    ),
  ]);
}

function messagesOf(...data: readonly Uint8Array[]) {
  const Records = data.map((bytes, index) =>
    kinesisRecord(String(index + 7), { data: Buffer.from(bytes).toString('base64') }),
  );
  return readBatch({ Records }).messages;
}

describe('a record that the Kinesis Producer Library aggregated', () => {
  it('is one message per user record, with its key and its data', () => {
    const Records = [kinesisRecord('6'), kinesisRecord('7', { data: byAws }), kinesisRecord('8')];
    const { source, messages, lanes } = readBatch({ Records });
    expect(messages.map(({ id, text }) => [id, text])).toEqual([
      ['6', 'data of 6'],
      ['7/0', 'one'],
      ['7/1', 'two'],
      ['7/2', 'three'],
      ['8', 'data of 8'],
    ]);
    expect(lanes).toEqual([[0], [1, 3], [2], [4]]);
    expect(messages.map((message) => source.identify(message))).toEqual(['6', '7', '7', '7', '8']);
  });

  it('gives each message a record like one that was sent alone', () => {
    const [, second] = readBatch({ Records: [kinesisRecord('7', { data: byAws })] }).messages;
    expect(second?.record).toEqual(
      kinesisRecord('7', {
        partitionKey: 'b',
        data: Buffer.from('two').toString('base64'),
        subSequenceNumber: 1,
      }),
    );
  });

  it('is redelivered as a whole when one of its user records fails, and is named once', () => {
    const Records = [kinesisRecord('6'), kinesisRecord('7', { data: byAws }), kinesisRecord('8')];
    const batch = readBatch({ Records });
    const failed: Outcome = { status: 'failed', error: new Error('failed') };
    for (const [outcomes, expected] of [
      [[succeeded, succeeded, failed, failed, succeeded], ['7']],
      [[succeeded, failed, succeeded, failed, failed], ['7']],
      [[succeeded, succeeded, succeeded, succeeded, failed], ['8']],
      [[failed, failed, failed, failed, failed], ['6']],
      [[succeeded, succeeded, succeeded, succeeded, succeeded], []],
    ] as const) {
      const response = respond(batch, outcomes);
      checkResponse(batch, response);
      expect(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(expected);
    }
  });

  it('returns the user records of any aggregate', () => {
    const userRecord = fc.record({
      partitionKey: fc.string({ unit: 'grapheme', minLength: 1 }),
      data: fc.uint8Array({ maxLength: 300 }),
    });
    fc.assert(
      fc.property(fc.array(userRecord, { minLength: 1, maxLength: 20 }), (userRecords) => {
        const messages = messagesOf(aggregate(userRecords));
        expect(messages.map(({ bytes }) => [...bytes])).toEqual(userRecords.map(({ data }) => [...data]));
        expect(messages.map(({ record }) => record)).toMatchObject(
          userRecords.map(({ partitionKey }) => ({ kinesis: { partitionKey } })),
        );
      }),
      { seed: 20_261_128 },
    );
  });
});

describe('a record that only looks aggregated', () => {
  const whole = aggregate([{ partitionKey: 'a', data: Buffer.from('one') }]);

  it.each([
    ['is its first four bytes alone', whole.subarray(0, 4)],
    ['has a digest that does not match', Buffer.concat([whole.subarray(0, -1), Uint8Array.from([1])])],
    ['is cut off', whole.subarray(0, -3)],
    ['has no user record', sealed([])],
    [
      'has a key that is not in its table',
      sealed(field(3, Uint8Array.from([...field(1, 7), ...field(3, whole)]))),
    ],
    [
      'has a user record without data',
      sealed([...field(1, whole), ...field(3, Uint8Array.from(field(1, 0)))]),
    ],
    ['has a user record that is a number', sealed(field(3, 7))],
    ['has a field that is cut off', sealed([...varint(26), ...varint(100), 1, 2])],
    ['has a field of another wire type', sealed([13, 1, 2, 3, 4])],
    ['has an integer without end', sealed([255, 255, 255])],
    ['begins with other bytes', Buffer.concat([Uint8Array.from([0]), whole])],
  ])('is an ordinary message when it %s', (_, data) => {
    const [message, ...others] = messagesOf(data);
    expect(others).toEqual([]);
    expect(message?.id).toBe('7');
    expect(Buffer.from(message?.bytes ?? [])).toEqual(data);
  });
});
