import { gzipSync } from 'node:zlib';

import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';

import {
  base64,
  dynamoDbChange,
  eventBridgeEnvelope,
  gunzip,
  json,
  snsEnvelope,
} from '../../src/decode/index.ts';
import { checked, InvalidMessageError, type CheckedOptions, type Message } from '../../src/index.ts';
import { contextOf } from '../../src/technique/index.ts';
import { firstMessageOf, messageOf } from '../message-of.ts';
import { dynamoDbRecord } from '../sources/dynamodb-record.ts';
import { kafkaEvent } from '../sources/kafka-event.ts';
import { kinesisRecord } from '../sources/kinesis-record.ts';
import { sqsRecord } from '../sqs-record.ts';

const context = contextOf({}, new AbortController().signal);

describe('decoders', () => {
  const seen = (event: object, options: CheckedOptions): unknown => {
    const work = vi.fn<(...args: unknown[]) => undefined>();
    const result = checked(z.unknown(), work, options)(firstMessageOf(event), context);
    return result instanceof Promise ? result.then(() => work.mock.lastCall?.[0]) : work.mock.lastCall?.[0];
  };
  const sqs = (body: string) => ({ Records: [sqsRecord('a', { body })] });
  const kinesis = (bytes: Uint8Array) => ({
    Records: [kinesisRecord('7', { data: Buffer.from(bytes).toString('base64') })],
  });
  const logs = { messageType: 'DATA_MESSAGE', logEvents: [{ message: 'ä' }] };

  it('are JSON by default, also after a byte order mark', () => {
    expect(seen(sqs('\uFEFF{"id":1}'), {})).toEqual({ id: 1 });
    expect(seen(kinesis(Buffer.from('\uFEFF{"id":1}')), {})).toEqual({ id: 1 });
  });

  it('run in turn: CloudWatch Logs through Kinesis, and in base64 through a queue', () => {
    const compressed = gzipSync(JSON.stringify(logs));
    expect(seen(kinesis(compressed), { decode: [gunzip, json] })).toEqual(logs);
    expect(seen(sqs(compressed.toString('base64')), { decode: [base64, gunzip, json] })).toEqual(logs);
  });

  it('unwrap an EventBridge event delivered through SNS, enveloped or raw', () => {
    const event = JSON.stringify({ 'detail-type': 'Placed', source: 'shop', detail: { order: 1 } });
    const enveloped = JSON.stringify({ Type: 'Notification', Message: event });
    for (const body of [event, enveloped]) {
      expect(seen(sqs(body), { decode: [snsEnvelope, eventBridgeEnvelope] })).toEqual({ order: 1 });
    }
  });

  it('that users write get bytes and the message, and may be asynchronous', async () => {
    const decode = vi.fn(async (bytes: Uint8Array, { id }: Message) => {
      await Promise.resolve();
      return { id, first: bytes[0] };
    });
    expect(await seen(kinesis(Uint8Array.from([0xff, 1])), { decode })).toEqual({ id: '7', first: 0xff });
    expect(await seen(sqs('ä'), { decode: [decode, (value: object) => ({ ...value, last: true })] })).toEqual(
      {
        id: 'a',
        first: 0xc3,
        last: true,
      },
    );
  });

  it('fail their message with the error that they throw', async () => {
    const error = new Error('no schema in the registry');
    const throwing = () => {
      throw error;
    };
    expect(() => seen(sqs('{}'), { decode: throwing })).toThrow(error);
    await expect(seen(sqs('{}'), { decode: () => Promise.reject(error) })).rejects.toThrow(error);
  });

  it('do not delay the work when they are synchronous: an Effect stays an Effect', () => {
    const effect = { an: 'effect' };
    const work = checked(z.unknown(), () => effect, { decode: [base64, json] });
    expect(work(messageOf(Buffer.from('{}').toString('base64')), context)).toBe(effect);
  });

  it('give the change of a DynamoDB record, by default in JSON values', () => {
    const record = dynamoDbRecord('7', { Keys: { id: { S: 'a' } }, NewImage: { tags: { SS: ['x'] } } });
    expect(seen({ Records: [record] }, {})).toEqual({
      eventName: 'INSERT',
      keys: { id: 'a' },
      newImage: { tags: ['x'] },
    });
    expect(seen({ Records: [record] }, { decode: dynamoDbChange })).toMatchObject({
      newImage: { tags: new Set(['x']) },
    });
  });
});

describe('a Kafka tombstone', () => {
  const tombstone = kafkaEvent({ key: 'order', otherwise: { value: null } });

  it('is the value null, which the schema may take, whatever the decoders', () => {
    for (const options of [{}, { decode: json }, { decode: [base64, gunzip] as const }]) {
      const work = vi.fn();
      checked(z.object({ id: z.string() }).nullable(), work, options)(firstMessageOf(tombstone), context);
      expect(work.mock.lastCall?.[0]).toBeNull();
    }
  });

  it('fails where the schema does not take null', () => {
    const work = checked(z.object({ id: z.string() }), () => undefined);
    expect(() => work(firstMessageOf(tombstone), context)).toThrow(InvalidMessageError);
  });

  it('is not an empty value', () => {
    const work = checked(z.unknown(), () => undefined);
    const empty = kafkaEvent({ otherwise: { value: '' } });
    expect(() => work(firstMessageOf(empty), context)).toThrow('must be JSON, not a text of 0 characters');
  });
});
