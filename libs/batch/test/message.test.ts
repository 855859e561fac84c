import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { InvalidMessageError, type Message } from '../src/index.ts';
import { readBatch } from '../src/technique/index.ts';
import { dynamoDbRecord } from './sources/dynamodb-record.ts';
import { kafkaEvent } from './sources/kafka-event.ts';
import { kinesisRecord } from './sources/kinesis-record.ts';
import { sqsFifoRecord, sqsRecord } from './sqs-record.ts';

type AnyRecord = Readonly<Record<string, unknown>>;

function messageOf(event: object): Message<AnyRecord> {
  const [message] = readBatch(event).messages;
  if (!message) throw new Error('There is a message');
  return message as Message<AnyRecord>;
}

/** The same message as the source delivers it again: with another receipt handle and another receive count. */
function redelivered(record: object): object {
  const { attributes } = record as { readonly attributes: object };
  return {
    ...record,
    receiptHandle: 'another',
    attributes: {
      ...attributes,
      ApproximateReceiveCount: '2',
      ApproximateFirstReceiveTimestamp: '1545082650000',
    },
  };
}

const events = {
  SQS: { Records: [sqsRecord('a')] },
  'SQS FIFO': { Records: [sqsFifoRecord('a', 'group')] },
  Kinesis: { Records: [kinesisRecord('7')] },
  'DynamoDB Streams': { Records: [dynamoDbRecord('7')] },
  Kafka: kafkaEvent({ offset: 7 }),
};

const waysToCopy: Readonly<Record<string, (message: Message<AnyRecord>) => object>> = {
  'a spread': (message) => ({ ...message }),
  'Object.assign': (message) => Object.assign({}, message),
  structuredClone: (message) => structuredClone(message),
  JSON: (message) => JSON.parse(JSON.stringify(message)) as object,
  'Object.entries': (message) => Object.fromEntries(Object.entries(message)),
  'a rest': ({ id, ...rest }) => ({ id, ...rest }),
};

describe.each(Object.entries(events))('a message of %s', (_, event) => {
  it.each(Object.entries(waysToCopy))('loses no property when copied by %s', (_name, copyOf) => {
    const message = messageOf(event);
    expect(copyOf(message)).toEqual({ id: message.id, text: message.text, record: message.record });
  });

  it('loses no property by inheritance of any depth', () => {
    const message = messageOf(event);
    const heir = Object.create(Object.create(message) as object) as Message;
    const { id, text, bytes, receiveCount, record } = message;
    expect([heir.id, heir.text, heir.bytes, heir.receiveCount, heir.record]).toEqual([
      id,
      text,
      bytes,
      receiveCount,
      record,
    ]);
    expect(heir.record).toBe(record);
  });

  it('is printed with its text and its record', () => {
    const message = messageOf(event);
    const printed = inspect(message, { depth: 10, maxStringLength: null });
    expect(printed).toBe(inspect({ ...message }, { depth: 10, maxStringLength: null }));
    expect(printed).not.toContain('Getter');
  });

  it('has the same record each time it is read, and cannot be changed by freezing', () => {
    const message = Object.freeze(messageOf(event));
    expect(message.record).toBe(message.record);
  });

  it('has the bytes of its text', () => {
    const message = messageOf(event);
    expect(Buffer.from(message.bytes).toString()).toBe(message.text);
  });
});

describe('what an idempotency library hashes', () => {
  /** Hashes as Powertools does by default: the first argument, with its keys sorted. */
  const hashOf = (value: unknown): string =>
    createHash('md5')
      .update(JSON.stringify(value, (_, part: unknown) => (isPlain(part) ? sorted(part) : part)))
      .digest('hex');
  const isPlain = (part: unknown): part is object =>
    typeof part === 'object' && part !== null && !Array.isArray(part);
  const sorted = (part: object): object => Object.fromEntries(Object.entries(part).sort());

  it.each([
    ['a standard queue', sqsRecord('a')],
    ['a FIFO queue', sqsFifoRecord('a', 'group')],
  ])('is the same for a message of %s at every delivery', (_, record) => {
    const first = messageOf({ Records: [record] });
    const second = messageOf({ Records: [redelivered(record)] });
    expect([first.receiveCount, second.receiveCount]).toEqual([1, 2]);
    expect(hashOf(first)).toBe(hashOf(second));
    expect(hashOf({ ...first })).toBe(hashOf(first));
  });

  it('differs from message to message', () => {
    const hashes = ['a', 'b'].map((id) => hashOf(messageOf({ Records: [sqsRecord(id, { body: 'same' })] })));
    expect(new Set(hashes).size).toBe(2);
  });
});

describe('the record of a queue', () => {
  it('can be read as a whole, also by a copy of its message', () => {
    const record = sqsRecord('a') as AnyRecord;
    const message = messageOf({ Records: [record] });
    for (const seen of [message.record, { ...message }.record]) {
      for (const name of Object.keys(record)) expect(seen).toHaveProperty(name);
      expect(seen.receiptHandle).toBe(record.receiptHandle);
      expect(seen.attributes).toHaveProperty('ApproximateReceiveCount', '1');
    }
  });

  it('does not change the event', () => {
    const event = { Records: [sqsRecord('a')] };
    const before = JSON.stringify(event);
    expect(messageOf(event).record).toHaveProperty('messageId', 'a');
    expect(JSON.stringify(event)).toBe(before);
  });

  it.each([[undefined], [null], ['text'], [7]])('may have %o as attributes', (attributes) => {
    expect(messageOf({ Records: [sqsRecord('a', { attributes })] }).record.attributes).toBe(attributes);
  });
});

describe('a message that is not UTF-8', () => {
  const message = messageOf({ Records: [kinesisRecord('7', { data: '/wA=' })] });

  it('throws when its text is read, but not when it is copied', () => {
    expect(() => message.text).toThrow(InvalidMessageError);
    expect(() => (Object.create(message) as Message).text).toThrow(InvalidMessageError);
    for (const copyOf of Object.values(waysToCopy)) {
      expect(copyOf(message)).toEqual({ id: '7', record: message.record });
    }
  });

  it('is printed', () => {
    expect(inspect(message)).toContain("id: '7'");
  });

  it('has its bytes', () => {
    expect([...message.bytes]).toEqual([0xff, 0]);
  });
});

it('takes a text with a replacement character for a text', () => {
  const data = Buffer.from('a \uFFFD b').toString('base64');
  expect(messageOf({ Records: [kinesisRecord('7', { data })] }).text).toBe('a \uFFFD b');
});
