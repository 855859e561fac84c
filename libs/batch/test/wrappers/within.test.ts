import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  checked,
  InvalidOptionError,
  retried,
  TimeLimitError,
  within,
  type WorkContext,
} from '../../src/index.ts';
import { outcomeOfError } from '../../src/technique/index.ts';
import { call, contextFor, messagesOf } from './context.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const [message] = messagesOf('a');

/** Work that rejects when its signal is aborted, and notes the context that it got. */
function waiting() {
  const contexts: WorkContext[] = [];
  const work = (_: unknown, context: WorkContext): Promise<void> => {
    contexts.push(context);
    return new Promise((_resolve, reject) => {
      context.signal.addEventListener('abort', () => {
        reject(context.signal.reason as Error);
      });
    });
  };
  return { work, contexts };
}

describe('within', () => {
  it('aborts the signal of the message after the time limit, and fails it', async () => {
    const { work, contexts } = waiting();
    const context = contextFor(60_000);
    const error = call(within(100, work), message, context).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(99);
    expect(contexts[0]?.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await error).toBeInstanceOf(TimeLimitError);
    expect(await error).toMatchObject({
      message: 'The work took longer than 100 ms. Its signal was aborted.',
    });
    expect(contexts[0]?.signal.reason).toBe(await error);
    expect(context.signal.aborted).toBe(false);
    expect(outcomeOfError(await error, context.signal).status).toBe('failed');
  });

  it('fails a message whose work ignores the signal', async () => {
    const error = expect(
      call(
        within(100, () => new Promise<void>(() => undefined)),
        message,
        contextFor(60_000),
      ),
    );
    const done = error.rejects.toThrow(TimeLimitError);
    await vi.advanceTimersByTimeAsync(100);
    await done;
  });

  it('gives the work the rest of the context, and a deadline that is not later than the limit', () => {
    const { work, contexts } = waiting();
    const context = contextFor(150);
    call(within(100, work), message, context).catch(() => undefined);
    call(within(200, work), message, context).catch(() => undefined);
    expect(contexts).toEqual([
      { ...context, signal: expect.any(AbortSignal) as AbortSignal, deadlineMs: Date.now() + 100 },
      { ...context, signal: expect.any(AbortSignal) as AbortSignal },
    ]);
  });

  it('passes on what the work returns or throws in time, and leaves no timer', async () => {
    const context = contextFor(60_000);
    const timers = vi.getTimerCount();
    expect(
      await call(
        within(100, () => 7),
        message,
        context,
      ),
    ).toBe(7);
    const thrown = within(100, () => {
      throw new TypeError('failed');
    });
    await expect(call(thrown, message, context)).rejects.toThrow(TypeError);
    expect(vi.getTimerCount()).toBe(timers);
  });

  it('leaves a message unfinished that the deadline stops', async () => {
    const { work } = waiting();
    const context = contextFor(50);
    const error = call(within(100, work), message, context).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(50);
    expect(outcomeOfError(await error, context.signal)).toEqual({
      status: 'unfinished',
      reason: 'interrupted',
    });
  });

  it('fails a message whose schema was late, by the clock alone', async () => {
    const validate = (value: unknown) => {
      vi.setSystemTime(Date.now() + 200);
      return Promise.resolve({ value });
    };
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate } };
    const work = within(
      100,
      checked(schema, () => {
        throw new Error('The work was started');
      }),
    );
    await expect(call(work, { ...message, text: '1' }, contextFor(60_000))).rejects.toThrow(TimeLimitError);
  });

  it('limits each attempt inside of `retried`, and all of them outside', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const each = waiting();
    const all = waiting();
    const options = { times: 2, firstMs: 100 };
    const errors = Promise.allSettled([
      call(retried(options, within(100, each.work)), message, contextFor(60_000)),
      call(within(100, retried(options, all.work)), message, contextFor(60_000)),
    ]);
    await vi.advanceTimersByTimeAsync(1_000);
    for (const error of await errors) expect(error).toMatchObject({ reason: { name: 'TimeLimitError' } });
    expect([each.contexts.length, all.contexts.length]).toEqual([3, 1]);
  });

  it.each([0, -1, NaN, Infinity, '1s' as never])('refuses a time limit of %s', (ms) => {
    expect(() => within(ms, () => undefined)).toThrow(InvalidOptionError);
    expect(() => within(ms, () => undefined)).toThrow(
      /time limit of within must be a number of milliseconds/,
    );
  });
});
