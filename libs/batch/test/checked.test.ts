import { gzipSync } from 'node:zlib';

import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as z from 'zod';

import {
  base64,
  dynamoDbChange,
  eventBridgeEnvelope,
  gunzip,
  json,
  snsEnvelope,
} from '../src/decode/index.ts';
import {
  checked,
  DeadlineReached,
  InvalidMessageError,
  InvalidOptionError,
  ParallelLambdaError,
  type CheckedOptions,
  type Message,
  type StandardSchema,
} from '../src/index.ts';
import { contextOf, readBatch } from '../src/technique/index.ts';
import { dynamoDbRecord } from './sources/dynamodb-record.ts';
import { kafkaEvent } from './sources/kafka-event.ts';
import { kinesisRecord } from './sources/kinesis-record.ts';
import { sqsRecord } from './sqs-record.ts';

const context = contextOf({}, new AbortController().signal);

function messageOf(body: string): Message {
  return theMessageOf({ Records: [sqsRecord('a', { body })] });
}

function theMessageOf(event: object): Message {
  const [message] = readBatch(event).messages;
  if (!message) throw new Error('There is a message');
  return message;
}

interface Order {
  readonly id: string;
  readonly items: readonly { readonly amount: number }[];
}

const schemas: readonly (readonly [library: string, schema: StandardSchema<Order>])[] = [
  ['zod', z.object({ id: z.string(), items: z.array(z.object({ amount: z.number() })) })],
  ['valibot', v.object({ id: v.string(), items: v.array(v.object({ amount: v.number() })) })],
  ['arktype', type({ id: 'string', items: type({ amount: 'number' }).array() })],
];
const asynchronous: readonly (readonly [library: string, schema: StandardSchema<Order>])[] = [
  [
    'zod',
    z.object({ id: z.string(), items: z.array(z.object({ amount: z.number() })) }).refine(async ({ id }) => {
      await Promise.resolve();
      return id !== 'taken';
    }, 'the id is taken'),
  ],
  [
    'valibot',
    v.pipeAsync(
      v.object({ id: v.string(), items: v.array(v.object({ amount: v.number() })) }),
      v.checkAsync(async ({ id }) => {
        await Promise.resolve();
        return id !== 'taken';
      }, 'the id is taken'),
    ),
  ],
];
const good = { id: 'order', items: [{ amount: 1 }, { amount: 2 }] };

describe.each(schemas)('work that is checked by %s', (_, schema) => {
  it('is given the value, the message and the context', () => {
    const work = vi.fn();
    const message = messageOf(JSON.stringify(good));
    checked(schema, work)(message, context);
    expect(work).toHaveBeenCalledExactlyOnceWith(good, message, context);
  });

  it('gives back what the work gives, as it is', () => {
    const result = { an: 'effect' };
    expect(checked(schema, () => result)(messageOf(JSON.stringify(good)), context)).toBe(result);
  });

  it('throws what the work throws', () => {
    const error = new Error('no');
    const work = checked(schema, () => {
      throw error;
    });
    expect(() => work(messageOf(JSON.stringify(good)), context)).toThrow(error);
  });

  it('does not see a message that does not fit, and the error says where and why', () => {
    const work = vi.fn();
    const message = messageOf('{"items":[{"amount":1},{"amount":"two"}]}');
    const run = (): unknown => checked(schema, work)(message, context);
    expect(run).toThrow(InvalidMessageError);
    expect(run).toThrow(/^Message a does not fit its schema: id: .+; items\.1\.amount: .+number.+/);
    expect(work).not.toHaveBeenCalled();
  });

  it('has no path in the error where the whole does not fit', () => {
    const run = (): unknown => checked(schema, () => undefined)(messageOf('7'), context);
    expect(run).toThrow(/^Message a does not fit its schema: (Invalid|must be) /);
  });
});

describe.each(asynchronous)('work that is checked by %s asynchronously', (_, schema) => {
  it('is given the value, and its own result is awaited', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const work = vi.fn(() => promise);
    const message = messageOf(JSON.stringify(good));
    const running = checked(schema, work)(message, context);
    await vi.waitUntil(() => work.mock.calls.length > 0);
    expect(work).toHaveBeenCalledExactlyOnceWith(good, message, context);
    resolve('done');
    expect(await running).toBe('done');
  });

  it('does not see a message that does not fit', async () => {
    const work = vi.fn<() => undefined>();
    const running = checked(schema, work)(messageOf(JSON.stringify({ ...good, id: 'taken' })), context);
    await expect(running).rejects.toThrow(InvalidMessageError);
    await expect(running).rejects.toThrow('Message a does not fit its schema: the id is taken');
    expect(work).not.toHaveBeenCalled();
  });
});

describe('checked work', () => {
  it('is given what the schema makes of the value', () => {
    const schema = z.object({ at: z.string().transform((text) => new Date(text)), count: z.coerce.number() });
    const work = vi.fn();
    checked(schema, work)(messageOf('{"at":"2026-11-23T00:00:00Z","count":"7"}'), context);
    expect(work.mock.lastCall?.[0]).toEqual({ at: new Date('2026-11-23T00:00:00Z'), count: 7 });
  });

  it.each(['', 'no JSON', '{"id":1', 'undefined', '{"a":1}{}'])(
    'does not see a message that is not JSON: "%s"',
    (text) => {
      const work = vi.fn();
      const run = (): unknown => checked(z.unknown(), work)(messageOf(text), context);
      expect(run).toThrow(InvalidMessageError);
      expect(run).toThrow(`Message a must be JSON, not '${text}'`);
      expect(work).not.toHaveBeenCalled();
    },
  );

  it('keeps why a message is not JSON, and does not repeat all of it', () => {
    const run = (): unknown => checked(z.unknown(), () => undefined)(messageOf('x'.repeat(250_000)), context);
    expect(run).toThrow(
      expect.objectContaining({
        cause: expect.any(SyntaxError) as unknown,
        message: expect.stringMatching(/^.{1,300}$/) as unknown,
      }),
    );
  });

  it('does not see a message that is not UTF-8', () => {
    const message = theMessageOf({ Records: [kinesisRecord('7', { data: '/w==' })] });
    expect(() => checked(z.unknown(), () => undefined)(message, context)).toThrow(
      'Message 7 is not UTF-8, so it has no text. Read its bytes',
    );
  });

  it('does not see a message that its schema cannot check', () => {
    const error = new Error('the schema is broken');
    const schema: StandardSchema<unknown> = {
      '~standard': {
        version: 1,
        vendor: 'broken',
        validate: () => {
          throw error;
        },
      },
    };
    expect(() => checked(schema, () => undefined)(messageOf('{}'), context)).toThrow(error);
  });

  it('names a place by the keys of its path, however they are written', () => {
    const path = ['a', { key: 0 }, Symbol('b'), { key: 'c' }];
    const schema: StandardSchema<never> = {
      '~standard': {
        version: 1,
        vendor: 'own',
        validate: () => ({
          issues: [
            { message: 'no', path },
            { message: 'nor this', path: [] },
          ],
        }),
      },
    };
    expect(() => checked(schema, () => undefined)(messageOf('{}'), context)).toThrow(
      'Message a does not fit its schema: a.0.Symbol(b).c: no; nor this',
    );
  });
});

/** A schema that returns this for every value. */
function returning(result: unknown): StandardSchema<unknown> {
  return { '~standard': { version: 1, vendor: 'own', validate: () => result as never } };
}

describe('a schema that is not as Standard Schema says', () => {
  /** A promise of another library, of which `instanceof Promise` is false. */
  const thenable = (value: unknown, error?: Error): PromiseLike<unknown> => ({
    then: (onFulfilled, onRejected) =>
      (error ? Promise.reject(error) : Promise.resolve(value)).then(onFulfilled, onRejected),
  });

  it('is awaited when its result is a thenable and no Promise', async () => {
    const work = vi.fn(() => 'done');
    expect(await checked(returning(thenable({ value: 7 })), work)(messageOf('{}'), context)).toBe('done');
    expect(work).toHaveBeenCalledExactlyOnceWith(7, expect.anything(), context);
  });

  it('fails the message when a thenable rejects, or has issues', async () => {
    const error = new Error('the schema is broken');
    const rejecting = checked(returning(thenable(undefined, error)), () => undefined);
    await expect(rejecting(messageOf('{}'), context)).rejects.toThrow(error);
    const work = vi.fn();
    const failing = checked(returning(thenable({ issues: [{ message: 'no' }] })), work);
    await expect(failing(messageOf('{}'), context)).rejects.toThrow('Message a does not fit its schema: no');
    expect(work).not.toHaveBeenCalled();
  });

  it.each([
    [undefined],
    [null],
    [7],
    ['value'],
    [{}],
    [true],
    [{ issues: undefined }],
    [{ issues: null }],
    [{ issues: 'no' }],
  ])('fails the message, and does not call the work, when its result is %o', async (result) => {
    const work = vi.fn<(...args: unknown[]) => undefined>();
    const run = (): unknown => checked(returning(result), work)(messageOf('{}'), context);
    expect(run).toThrow(ParallelLambdaError);
    expect(run).toThrow(/^The schema returned .* for message a, not \{ value \} or \{ issues \}/);
    const later = checked(returning(Promise.resolve(result)), work)(messageOf('{}'), context);
    await expect(later).rejects.toThrow('The schema returned ');
    expect(work).not.toHaveBeenCalled();
  });

  it('may give undefined as a value', () => {
    const work = vi.fn();
    checked(returning({ value: undefined }), work)(messageOf('{}'), context);
    expect(work).toHaveBeenCalledExactlyOnceWith(undefined, expect.anything(), context);
  });

  it.each([[undefined], [null], [{}], [{ '~standard': {} }], [z.object], ['schema']])(
    'is refused at once when it is %o',
    (schema) => {
      const run = (): unknown => checked(schema as unknown as StandardSchema<unknown>, () => undefined);
      expect(run).toThrow(InvalidOptionError);
      expect(run).toThrow('schema of checked must implement Standard Schema');
    },
  );

  it('is refused at once together with what is no work, and what is no decoder', () => {
    const run = (work: unknown, decode?: unknown) => (): unknown =>
      checked(z.unknown(), work as () => unknown, { decode: decode as never });
    expect(run(undefined)).toThrow(InvalidOptionError);
    expect(run(undefined)).toThrow('work of checked must be a function');
    expect(() => checked(z.unknown(), () => 1, { decoder: json } as never)).toThrow('Did you mean decode?');
    expect(run(() => 1, 'json')).toThrow(
      "decode of checked must be a function or a list of functions, not 'json'",
    );
    expect(run(() => 1, [json, undefined])).toThrow('not [ [Function: json], undefined ]');
  });
});

describe('the deadline, while a schema or a decoder takes its time', () => {
  const waits = {
    'a schema': (gate: Promise<unknown>) => ({
      schema: returning(gate.then(() => ({ value: 7 }))),
      options: {},
    }),
    'a schema with a thenable': (gate: Promise<unknown>) => ({
      schema: returning({
        then: (next: (result: unknown) => unknown) => gate.then(() => next({ value: 7 })),
      }),
      options: {},
    }),
    'a decoder': (gate: Promise<unknown>) => ({ schema: z.unknown(), options: { decode: () => gate } }),
    'the second of two decoders': (gate: Promise<unknown>) => ({
      schema: z.unknown(),
      options: { decode: [(bytes: Uint8Array) => bytes, () => gate] as const },
    }),
  };

  describe.each(Object.entries(waits))('of %s', (_, make) => {
    it('starts no work when the signal was aborted', async () => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const { schema, options } = make(promise);
      const aborter = new AbortController();
      const work = vi.fn<(...args: unknown[]) => undefined>();
      const running = checked(schema, work, options)(messageOf('{}'), { ...context, signal: aborter.signal });
      const reason = new DeadlineReached();
      aborter.abort(reason);
      resolve(undefined);
      await expect(running).rejects.toBe(reason);
      expect(work).not.toHaveBeenCalled();
    });

    it('starts no work when the deadline has come by the clock, before a timer could abort the signal', async () => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const { schema, options } = make(promise);
      vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const work = vi.fn<(...args: unknown[]) => undefined>();
      const running = checked(schema, work, options)(messageOf('{}'), { ...context, deadlineMs: 2_000 });
      vi.setSystemTime(2_000);
      resolve(undefined);
      await expect(running).rejects.toThrow(DeadlineReached);
      expect(work).not.toHaveBeenCalled();
    });

    it('starts the work when it has not come', async () => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const { schema, options } = make(promise);
      const work = vi.fn(() => 'done');
      const running = checked(
        schema,
        work,
        options,
      )(messageOf('{}'), {
        ...context,
        deadlineMs: Date.now() + 3_600_000,
      });
      resolve(undefined);
      expect(await running).toBe('done');
    });
  });
});

describe('decoders', () => {
  const seen = (event: object, options: CheckedOptions): unknown => {
    const work = vi.fn<(...args: unknown[]) => undefined>();
    const result = checked(z.unknown(), work, options)(theMessageOf(event), context);
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

  it('unwrap an event of EventBridge that came through SNS, enveloped or raw', () => {
    const event = JSON.stringify({ 'detail-type': 'Placed', source: 'shop', detail: { order: 1 } });
    const enveloped = JSON.stringify({ Type: 'Notification', Message: event });
    for (const body of [event, enveloped]) {
      expect(seen(sqs(body), { decode: [snsEnvelope, eventBridgeEnvelope] })).toEqual({ order: 1 });
    }
  });

  it('of your own get bytes and the message, and may be asynchronous', async () => {
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

  it('fail their message with their own error', async () => {
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
      checked(z.object({ id: z.string() }).nullable(), work, options)(theMessageOf(tombstone), context);
      expect(work.mock.lastCall?.[0]).toBeNull();
    }
  });

  it('fails where the schema does not take null', () => {
    const work = checked(z.object({ id: z.string() }), () => undefined);
    expect(() => work(theMessageOf(tombstone), context)).toThrow(InvalidMessageError);
  });

  it('is not an empty value', () => {
    const work = checked(z.unknown(), () => undefined);
    const empty = kafkaEvent({ otherwise: { value: '' } });
    expect(() => work(theMessageOf(empty), context)).toThrow("must be JSON, not ''");
  });
});
