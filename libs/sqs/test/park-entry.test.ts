import type { WorkContext } from '@parallel-lambda/batch';
import { readBatch } from '@parallel-lambda/batch/technique';
import { kinesisRecord } from '@parallel-lambda/event-sources';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { sizeOf } from '../src/fit.ts';
import { parkEntry } from '../src/park-entry.ts';
import { sqsEvent } from './sqs-event.ts';

const place = { fifo: false, context: {} as WorkContext, maxBytes: 1_048_576 };
const refused = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

function entryOf(record: object, { reason = 'why', ...changes } = {}, more: Partial<typeof place> = {}) {
  const [message] = readBatch({ Records: [{ ...record, ...changes }] }).messages;
  if (!message) throw new Error('There is no message');
  return parkEntry({ message, reason, atMs: 0 }, '0', { ...place, ...more });
}

const [sqs] = sqsEvent('body').Records;
const attribute = (bytes: number) => ({ dataType: 'String', stringValue: 'x'.repeat(bytes) });

it('never exceeds the maximum, whichever part is large, and keeps as much as fits', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 3_000 });
  const reasons = fc.string({ unit: 'binary', maxLength: 3_000 });
  fc.assert(
    fc.property(texts, reasons, fc.array(texts, { maxLength: 10 }), (body, reason, values) => {
      const messageAttributes = Object.fromEntries(
        values.map((stringValue, index) => [`name${index}`, { dataType: 'String', stringValue }]),
      );
      const entry = entryOf({ ...sqs, body, messageAttributes }, { reason }, { maxBytes: 4_096 });
      expect(sizeOf(entry)).toBeLessThanOrEqual(4_096);
      expect(Object.keys(entry.MessageAttributes).length).toBeLessThanOrEqual(10);
      for (const { StringValue = '' } of Object.values(entry.MessageAttributes))
        expect(StringValue).not.toMatch(refused);
      expect(entry.MessageBody).not.toMatch(refused);
      if (sizeOf(entry) < 3_000) expect(entry.MessageAttributes).not.toHaveProperty('ParkedNote');
    }),
    { seed: 20, numRuns: 300 },
  );
});

it('cuts attributes where they are larger than the body', () => {
  const messageAttributes = { large: attribute(600_000), larger: attribute(700_000) };
  const entry = entryOf({ ...sqs, messageAttributes });
  expect(entry.MessageBody).toBe('body');
  expect(entry.MessageAttributes.ParkedNote?.StringValue).toMatch(/^larger has \d+ of 700000 bytes$/);
  expect(sizeOf(entry)).toBeGreaterThan(1_040_000);
});

it('keeps characters whole', () => {
  const entry = entryOf({ ...sqs, body: '€'.repeat(2_000) }, {}, { maxBytes: 4_096 });
  expect(entry.MessageBody).toMatch(/^€+$/);
});

it('has a reason even if none was given, and replaces characters that SQS refuses', () => {
  expect(entryOf(sqs ?? {}, { reason: '' }).MessageAttributes.ParkedReason?.StringValue).toBe(
    'no reason was given',
  );
  const { StringValue } =
    entryOf(sqs ?? {}, { reason: 'a\u0000b\uFFFFc' }).MessageAttributes.ParkedReason ?? {};
  expect(StringValue).toBe('a\uFFFDb\uFFFDc');
});

it('keeps the trace of the message', () => {
  const attributes = { ...sqs?.attributes, AWSTraceHeader: 'Root=1-2-3' };
  expect(entryOf({ ...sqs, attributes }).MessageSystemAttributes).toEqual({
    AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' },
  });
});

it('replaces its own attributes of an earlier parking', () => {
  const earlier = { ParkedReason: attribute(5), ParkedNote: attribute(5), kept: attribute(1) };
  const { MessageAttributes } = entryOf({ ...sqs, messageAttributes: earlier });
  expect(MessageAttributes).toMatchObject({
    ParkedReason: { StringValue: 'why' },
    kept: { StringValue: 'x' },
  });
  expect(MessageAttributes).not.toHaveProperty('ParkedNote');
});

it('has the start of a record of a stream that is too large, in valid JSON', () => {
  const data = Buffer.alloc(2_000_000, '"');
  const record = kinesisRecord({ sequenceNumber: '1', partitionKey: '"\\\n'.repeat(80), data });
  const entry = entryOf(record);
  expect(sizeOf(entry)).toBeLessThanOrEqual(1_048_576);
  const body = JSON.parse(entry.MessageBody) as { note: string; recordStart: string };
  expect(JSON.stringify(record).startsWith(body.recordStart)).toBe(true);
  expect(body.note).toBe(
    `recordStart has ${body.recordStart.length} of ${JSON.stringify(record).length} bytes of the record's JSON`,
  );
  expect(entry.MessageAttributes).not.toHaveProperty('ParkedNote');
});

it('has a short identifier for deduplication, whatever the message is called', () => {
  const long = entryOf({ ...sqs, messageId: 'x'.repeat(300) }, {}, { fifo: true });
  expect(long.MessageDeduplicationId).toMatch(/^[0-9a-f]{64}$/);
  expect(long.MessageGroupId).toBe('parked');
});

it('keeps an attribute of any name', () => {
  const messageAttributes = JSON.parse(
    '{ "__proto__": { "dataType": "String", "stringValue": "x" } }',
  ) as object;
  const { MessageAttributes } = entryOf({ ...sqs, messageAttributes });
  expect(Object.entries(MessageAttributes)).toContainEqual([
    '__proto__',
    { DataType: 'String', StringValue: 'x' },
  ]);
});

it('is a duplicate only of the same message of the same function', () => {
  const idOf = (record: object, invokedFunctionArn = 'one') =>
    entryOf(record, {}, { fifo: true, context: { invokedFunctionArn } as WorkContext })
      .MessageDeduplicationId;
  const record = kinesisRecord({ sequenceNumber: '1', partitionKey: 'key', data: Buffer.from('data') });
  expect(idOf(record)).toBe(idOf(record));
  expect(idOf(record, 'another function of the stream')).not.toBe(idOf(record));
  expect(idOf({ ...sqs, body: 'another message' })).not.toBe(idOf(sqs ?? {}));
});
