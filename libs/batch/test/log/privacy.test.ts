import { inspect } from 'node:util';

import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import {
  base64,
  dynamoDbChange,
  eventBridgeEnvelope,
  gunzip,
  json,
  s3Notification,
  utf8,
} from '../../src/decode/index.ts';
import {
  batchHandler,
  checked,
  type CheckedOptions,
  type StandardSchema,
  type Technique,
  type Work,
} from '../../src/index.ts';
import { perform, succeeded } from '../../src/technique/index.ts';
import { dynamoDbRecord } from '../sources/dynamodb-record.ts';
import { kafkaEvent } from '../sources/kafka-event.ts';
import { kinesisRecord } from '../sources/kinesis-record.ts';
import { sqsRecord } from '../sqs-record.ts';
import { RecordingLogger } from './recording-logger.ts';

const secret = 'Sw0rdfish';

/** Processes the first message only. */
function technique(work: Work): Technique {
  return async ({ messages }, { context }) => {
    for (const message of messages) {
      try {
        await perform(work, message, context);
      } catch (error) {
        return [{ status: 'failed', error }];
      }
    }
    return messages.map(() => succeeded);
  };
}

/** Returns everything that is logged when a message with this body fails. */
async function logOf(work: Work, body = secret): Promise<string> {
  const recorded = new RecordingLogger();
  const handler = batchHandler(technique(work), { logger: recorded.logger });
  expect((await handler({ Records: [sqsRecord('a', { body })] })).batchItemFailures).toHaveLength(1);
  return inspect(recorded.lines, { depth: Infinity, showHidden: true });
}

describe('the log contains no body of a message', () => {
  const decoders: Readonly<Record<string, CheckedOptions>> = {
    'the default': {},
    json: { decode: json },
    base64: { decode: base64 },
    gunzip: { decode: gunzip },
    'gunzip of a text': { decode: [utf8, gunzip] },
    eventBridgeEnvelope: { decode: eventBridgeEnvelope },
    s3Notification: { decode: s3Notification },
    dynamoDbChange: { decode: dynamoDbChange },
  };

  it.each(Object.entries(decoders))('that %s cannot decode', async (_, options) => {
    for (const body of [secret, `"${secret}`, `{"card":"${secret}"}!`]) {
      const log = await logOf(
        checked(z.object({ id: z.string() }), () => undefined, options),
        body,
      );
      expect(log).toContain('Message a ');
      expect(log).not.toContain(secret);
    }
  });

  it.each<[string, StandardSchema<unknown>]>([
    ['zod', z.strictObject({ card: z.number(), kind: z.literal('a') })],
    ['valibot', v.strictObject({ card: v.number(), kind: v.picklist(['a', 'b']), id: v.string() })],
    ['arktype', type({ '+': 'reject', card: 'number', kind: "'a' | 'b'", code: '/^[0-9]+$/' })],
    [
      'a schema with a custom text',
      z.any().refine(() => false, { error: ({ input }) => `Not ${String(input)}` }),
    ],
  ])('that does not fit a schema of %s, whose text quotes the value', async (_, schema) => {
    const values = { card: secret, kind: secret, code: secret, [`${'k'.repeat(200)}${secret}`]: 1 };
    for (const body of [JSON.stringify(values), JSON.stringify(secret), JSON.stringify([secret])]) {
      const log = await logOf(
        checked(schema, () => undefined),
        body,
      );
      expect(log).toContain('Message a does not fit its schema: ');
      expect(log).not.toContain(secret);
    }
  });

  it('whose schema returns a result that violates Standard Schema', async () => {
    const schema = {
      '~standard': { version: 1, vendor: 'own', validate: (value: unknown) => value as never },
    };
    const work = checked(schema as never, () => undefined);
    expect(await logOf(work, `{"card":"${secret}"}`)).not.toContain(secret);
  });

  it.each<[string, Work]>([
    ['an object with the message', (message) => raise({ message })],
    ['the message', (message) => raise(message)],
    ['a list', ({ text }) => raise([text])],
    ['an error of an HTTP client', ({ text }) => raise(Object.assign(new Error('503'), { config: text }))],
    ['an error with a text as cause', ({ text }) => raise(new Error('503', { cause: { text } }))],
  ])('of which the work throws %s', async (_, work) => {
    expect(await logOf(work)).not.toContain(secret);
  });
});

function raise(thrown: unknown): never {
  throw thrown;
}

describe('the error of an event that is refused contains no body', () => {
  const data = secret;
  it.each<[string, unknown]>([
    ['a record without its list', sqsRecord('a', { body: secret })],
    [
      'a record of an unknown source',
      { Records: [sqsRecord('a', { body: secret, eventSource: 'aws:sqs2' })] },
    ],
    ['a record without a source', { Records: [sqsRecord('a', { body: secret, eventSource: undefined })] }],
    ['a text as record', { Records: [sqsRecord('a'), secret] }],
    ['a body that middleware has parsed', { Records: [sqsRecord('a', { body: { card: secret } })] }],
    ['data that middleware has parsed', { Records: [kinesisRecord('1', { data: { card: secret } })] }],
    ['data without a partition key', { Records: [kinesisRecord('1', { data, partitionKey: undefined })] }],
    ['keys that are a text', { Records: [dynamoDbRecord('1', { Keys: secret })] }],
    ['a value that middleware has parsed', kafkaEvent({ otherwise: { value: [secret] } })],
  ])('%s', async (_, event) => {
    const handled = batchHandler(technique(() => undefined))(event);
    const error: unknown = await handled.catch((reason: unknown) => reason);
    expect(error).toHaveProperty('name', 'InvalidEventError');
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(secret);
  });
});
