import { describe, expect, it } from 'vitest';

import { isTombstone, kafkaHeader, kafkaKey } from '../../src/decode/index.ts';
import { InvalidMessageError, type Message } from '../../src/index.ts';
import { firstMessageOf } from '../message-of.ts';
import { dynamoDbRecord } from '../sources/dynamodb-record.ts';
import { kafkaEvent } from '../sources/kafka-event.ts';
import { kinesisRecord } from '../sources/kinesis-record.ts';
import { message } from './decoded.ts';

describe('what a Kafka record has beside its value', () => {
  const kafkaMessage = (otherwise: Readonly<Record<string, unknown>>, key: string | null = null): Message =>
    firstMessageOf(kafkaEvent({ key, otherwise }));

  it('is a key, in UTF-8', () => {
    expect(kafkaKey(kafkaMessage({}, 'order ä'))).toBe('order ä');
    expect(kafkaKey(kafkaMessage({}, ''))).toBe('');
    expect(kafkaKey(kafkaMessage({}))).toBeUndefined();
    expect(kafkaKey(kafkaMessage({ key: undefined }))).toBeUndefined();
    expect(() => kafkaKey(kafkaMessage({ key: '/w==' }))).toThrow(InvalidMessageError);
  });

  it('are headers by name, of which the last counts, with bytes as Java has them', () => {
    const headers: readonly object[] = [
      { trace: [97] },
      { trace: [98, -61, -92] },
      { empty: [] },
      { __proto__: null, constructor: [99] },
      { binary: [-1] },
    ];
    const sent = kafkaMessage({ headers });
    expect(['trace', 'empty', 'constructor', 'toString'].map((name) => kafkaHeader(sent, name))).toEqual([
      'bä',
      '',
      'c',
      undefined,
    ]);
    expect(() => kafkaHeader(sent, 'binary')).toThrow(InvalidMessageError);
    for (const none of [undefined, null, []]) {
      expect(kafkaHeader(kafkaMessage({ headers: none }), 'trace')).toBeUndefined();
    }
  });

  it('distinguishes a tombstone from an empty value and from messages of other sources', () => {
    expect([null, undefined].map((value) => isTombstone(kafkaMessage({ value })))).toEqual([true, true]);
    const others = [
      kafkaMessage({ value: '' }),
      message,
      firstMessageOf({ Records: [kinesisRecord('7', { data: '' })] }),
      firstMessageOf({ Records: [dynamoDbRecord('7')] }),
    ];
    expect(others.map(isTombstone)).toEqual([false, false, false, false]);
  });
});
