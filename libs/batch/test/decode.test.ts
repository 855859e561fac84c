import { gzipSync } from 'node:zlib';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  base64,
  dynamoDbChange,
  eventBridgeEnvelope,
  gunzip,
  isTombstone,
  json,
  kafkaHeader,
  kafkaKey,
  s3Notification,
  snsEnvelope,
  utf8,
  type Decoder,
  type TextOrBytes,
} from '../src/decode/index.ts';
import { InvalidMessageError, type Message } from '../src/index.ts';
import { readBatch } from '../src/technique/index.ts';
import { dynamoDbRecord } from './sources/dynamodb-record.ts';
import { kafkaEvent } from './sources/kafka-event.ts';
import { kinesisRecord } from './sources/kinesis-record.ts';
import { sqsRecord } from './sqs-record.ts';

function messageOf(event: object): Message {
  const [message] = readBatch(event).messages;
  if (!message) throw new Error('There is a message');
  return message;
}

const message = messageOf({ Records: [sqsRecord('a')] });
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
/** What a decoder makes of a text, and of the same as bytes. */
function decoded<Output>(decoder: Decoder<TextOrBytes, Output>, text: string): unknown {
  const [fromText, fromBytes] = [decoder(text, message), decoder(bytesOf(text), message)];
  expect(fromBytes).toEqual(fromText);
  return fromText;
}

describe('utf8', () => {
  it.each([
    ['text', 'text'],
    ['\uFEFFtext', 'text'],
    ['\uFEFF', ''],
    ['', ''],
    ['in \uFEFF between', 'in \uFEFF between'],
  ])('decodes %j without the byte order mark', (text, expected) => {
    expect(decoded(utf8, text)).toBe(expected);
  });

  it.each([
    ['a lone byte', [0xff]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00]],
    ['a character cut off', [0xc3]],
  ])('refuses %s', (_, bytes) => {
    expect(() => utf8(Uint8Array.from(bytes), message)).toThrow(
      new InvalidMessageError('Message a is not UTF-8. Decode its bytes'),
    );
  });
});

describe('json', () => {
  it('parses JSON, also after a byte order mark', () => {
    for (const text of ['{"a":[1]}', '\uFEFF{"a":[1]}', ' \n{"a":[1]}\t']) {
      expect(decoded(json, text)).toEqual({ a: [1] });
    }
  });

  it.each(['', '\uFEFF', '{', '\uFEFF\uFEFF{}'])('refuses %j', (text) => {
    expect(() => json(text, message)).toThrow(InvalidMessageError);
    expect(() => json(text, message)).toThrow('Message a must be JSON, not ');
  });
});

describe('base64', () => {
  it('decodes what was encoded, in either alphabet, also in lines and without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        const lines = text.replace(/.{7}/g, '$&\r\n');
        const url = Buffer.from(bytes).toString('base64url');
        for (const form of [text, lines, url, `\uFEFF${text}`]) {
          expect([...base64(form, message)]).toEqual([...bytes]);
          expect([...base64(bytesOf(form), message)]).toEqual([...bytes]);
        }
      }),
      { seed: 20_261_128 },
    );
  });

  it.each(['{"a":1}', 'YQ=a', 'YQ===', 'a', 'ä', 'YWJj!'])(
    'refuses %j, which Buffer.from would mangle',
    (text) => {
      expect(() => base64(text, message)).toThrow(InvalidMessageError);
      expect(() => base64(text, message)).toThrow('Message a must be base64, not ');
    },
  );
});

describe('gunzip', () => {
  it('decompresses', () => {
    const text = 'ä'.repeat(100_000);
    expect(Buffer.from(gunzip(gzipSync(text), message)).toString()).toBe(text);
  });

  it.each([
    ['something else', bytesOf('text')],
    ['nothing', new Uint8Array()],
    ['a part', gzipSync('text').subarray(0, -4)],
  ])('refuses %s', (_, bytes) => {
    expect(() => gunzip(bytes, message)).toThrow(InvalidMessageError);
    expect(() => gunzip(bytes, message)).toThrow('Message a cannot be decompressed as gzip: ');
  });

  it('refuses a text, and says what is missing', () => {
    expect(() => gunzip('H4sI' as unknown as Uint8Array, message)).toThrow('Decode base64 before gzip');
  });

  it('refuses more than 64 MiB: one message must not fill the memory of all', () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 26 + 1));
    expect(bomb.length).toBeLessThan(100_000);
    expect(() => gunzip(bomb, message)).toThrow(InvalidMessageError);
  });
});

describe('snsEnvelope', () => {
  const envelope = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: 'arn:aws:sns:us-west-2:123456789012:orders',
    Message: '{"order":1}',
    Timestamp: '2012-05-02T00:54:06.655Z',
  };

  it('unwraps the message', () => {
    expect(decoded(snsEnvelope, JSON.stringify(envelope))).toBe('{"order":1}');
  });

  it.each([
    ['{"order":1}'],
    ['plain text'],
    ['null'],
    ['[1]'],
    ['{"Type":"Notification","Message":{"order":1}}'],
    ['{"Type":"SubscriptionConfirmation","Message":"You have chosen to subscribe"}'],
  ])('passes on what has no envelope, as raw message delivery sends it: %s', (text) => {
    expect(snsEnvelope(text, message)).toBe(text);
    const bytes = bytesOf(text);
    expect(snsEnvelope(bytes, message)).toBe(bytes);
  });

  it('passes on bytes that are no text', () => {
    const bytes = Uint8Array.from([0xff]);
    expect(snsEnvelope(bytes, message)).toBe(bytes);
  });
});

describe('eventBridgeEnvelope', () => {
  const envelope = {
    version: '0',
    id: '1',
    'detail-type': 'Order placed',
    source: 'shop',
    detail: { order: 1 },
  };

  it('unwraps the detail, whatever it is', () => {
    for (const detail of [{ order: 1 }, 'text', null, [1]]) {
      expect(decoded(eventBridgeEnvelope, JSON.stringify({ ...envelope, detail }))).toEqual(detail);
    }
  });

  it.each([
    ['{"detail":{"order":1}}'],
    [JSON.stringify({ ...envelope, detail: undefined })],
    [JSON.stringify({ ...envelope, source: 7 })],
    ['no JSON'],
    ['null'],
  ])('refuses %s', (text) => {
    expect(() => eventBridgeEnvelope(text, message)).toThrow(InvalidMessageError);
    expect(() => eventBridgeEnvelope(text, message)).toThrow('Message a must be an EventBridge event');
  });
});

describe('s3Notification', () => {
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    s3: {
      bucket: { name: 'orders' },
      object: { key: 'new+orders/%C3%A4%2B1.json', size: 1024, eTag: 'd41d8cd9', versionId: 'v1' },
    },
  };

  it('lists the objects, with their keys decoded', () => {
    const removed = { ...record, eventName: 'ObjectRemoved:Delete' };
    const text = JSON.stringify({
      Records: [record, { ...removed, s3: { ...record.s3, object: { key: 'old' } } }],
    });
    expect(decoded(s3Notification, text)).toEqual([
      {
        eventName: 'ObjectCreated:Put',
        bucket: 'orders',
        key: 'new orders/ä+1.json',
        size: 1024,
        eTag: 'd41d8cd9',
        versionId: 'v1',
      },
      { eventName: 'ObjectRemoved:Delete', bucket: 'orders', key: 'old' },
    ]);
  });

  it('has nothing to do for the test event', () => {
    expect(
      decoded(s3Notification, '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"orders"}'),
    ).toEqual([]);
  });

  it.each([
    ['{"order":1}'],
    ['no JSON'],
    ['{"Records":[{}]}'],
    ['{"Records":[null]}'],
    [JSON.stringify({ Records: [{ ...record, s3: { ...record.s3, object: { key: '%' } } }] })],
  ])('refuses %s', (text) => {
    expect(() => s3Notification(text, message)).toThrow(InvalidMessageError);
    expect(() => s3Notification(text, message)).toThrow('Message a must be an S3 event notification');
  });
});

describe('dynamoDbChange', () => {
  const changeOf = (otherwise: Readonly<Record<string, unknown>>) =>
    dynamoDbChange(undefined, messageOf({ Records: [dynamoDbRecord('7', otherwise)] }));

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

  it('keeps any number as it was: what it gives is written as the same number', () => {
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

  it('keeps what it does not know', () => {
    expect(changeOf({ NewImage: { new: { X: 1 }, none: {}, text: 'a' } }).newImage).toEqual({
      new: { X: 1 },
      none: {},
      text: 'a',
    });
  });
});

/** A number in decimal notation with so many places, without zeros at its end. */
function decimal(number: bigint, places: number): string {
  const sign = number < 0n ? '-' : '';
  const digits = String(number < 0n ? -number : number).padStart(places + 1, '0');
  const [whole, fraction] = [digits.slice(0, digits.length - places), digits.slice(digits.length - places)];
  const kept = fraction.replace(/0+$/, '');
  return `${number === 0n ? '' : sign}${whole}${kept && `.${kept}`}`;
}

describe('what a Kafka record has beside its value', () => {
  const kafkaMessage = (otherwise: Readonly<Record<string, unknown>>, key: string | null = null): Message =>
    messageOf(kafkaEvent({ key, otherwise }));

  it('is a key, in UTF-8', () => {
    expect(kafkaKey(kafkaMessage({}, 'order ä'))).toBe('order ä');
    expect(kafkaKey(kafkaMessage({}, ''))).toBe('');
    expect(kafkaKey(kafkaMessage({}))).toBeUndefined();
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

  it('tells a tombstone from an empty value, and from messages of other sources', () => {
    expect([null, undefined].map((value) => isTombstone(kafkaMessage({ value })))).toEqual([true, true]);
    const others = [
      kafkaMessage({ value: '' }),
      message,
      messageOf({ Records: [kinesisRecord('7', { data: '' })] }),
      messageOf({ Records: [dynamoDbRecord('7')] }),
    ];
    expect(others.map(isTombstone)).toEqual([false, false, false, false]);
  });
});
