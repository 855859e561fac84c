import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as z from 'zod';

import { checked, DeadlineReached } from '../../src/index.ts';
import { contextOf } from '../../src/technique/index.ts';
import { messageOf } from '../message-of.ts';
import { returning } from './returning.ts';

const context = contextOf({}, new AbortController().signal);

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

    it('starts no work if the deadline has passed by the clock, before a timer could abort the signal', async () => {
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
