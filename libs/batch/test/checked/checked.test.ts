import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';

import { checked, InvalidMessageError, type StandardSchema } from '../../src/index.ts';
import { contextOf } from '../../src/technique/index.ts';
import { firstMessageOf, messageOf } from '../message-of.ts';
import { kinesisRecord } from '../sources/kinesis-record.ts';

const context = contextOf({}, new AbortController().signal);

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

  it('returns the result of the work unchanged', () => {
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

  it('does not run for an invalid message, and the error names the field and the rule', () => {
    const work = vi.fn();
    const message = messageOf('{"items":[{"amount":1},{"amount":"two"}]}');
    const run = (): unknown => checked(schema, work)(message, context);
    expect(run).toThrow(InvalidMessageError);
    expect(run).toThrow(/^Message a does not fit its schema: id \(\w+\), items\.1\.amount \(\w+\)$/);
    expect(work).not.toHaveBeenCalled();
  });

  it('has no path in the error where the whole does not fit', () => {
    const run = (): unknown => checked(schema, () => undefined)(messageOf('7'), context);
    expect(run).toThrow(/^Message a does not fit its schema: the value \(\w+\)$/);
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
    await expect(running).rejects.toThrow(/^Message a does not fit its schema: the value \(\w+\)$/);
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
      expect(run).toThrow(`Message a must be JSON, not a text of ${text.length} characters`);
      expect(work).not.toHaveBeenCalled();
    },
  );

  it('does not run for a message that is not UTF-8', () => {
    const message = firstMessageOf({ Records: [kinesisRecord('7', { data: '/w==' })] });
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
      'Message a does not fit its schema: a.0.Symbol(b).c, the value',
    );
  });

  it("lists at most five fields in a bounded text, with the schema's messages", () => {
    const value = Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [`${at}${'k'.repeat(500)}`, 'text']),
    );
    const run = (): unknown =>
      checked(z.record(z.string(), z.number()), () => undefined)(messageOf(JSON.stringify(value)), context);
    const error = errorOf(run) as InvalidMessageError;
    expect(error.message).toMatch(/ \(invalid_type\) and 4 more$/);
    expect(error.message.length).toBeLessThan(700);
    expect(error.issues).toHaveLength(9);
    expect(error.issues?.[0]?.message).toContain('expected number');
  });
});

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('It did not throw');
}
