import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  checked,
  DeadlineReached,
  GiveUp,
  InvalidMessageError,
  InvalidOptionError,
  retried,
  RetryLater,
} from '../../src/index.ts';
import { outcomeOfError } from '../../src/technique/index.ts';
import { call, contextFor, messagesOf } from './context.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const [message] = messagesOf('a');

/** Work that fails a number of times, and notes at which time each attempt starts. */
function failing(times: number, error: unknown = new Error('failed')) {
  const startedAt = Date.now();
  const attempts: number[] = [];
  const work = async (): Promise<string> => {
    attempts.push(Date.now() - startedAt);
    await Promise.resolve();
    if (attempts.length <= times) throw error;
    return 'done';
  };
  return { work, attempts };
}

describe('retried', () => {
  it('retries until an attempt succeeds, and waits twice as long each time', async () => {
    const { work, attempts } = failing(3);
    const done = call(retried({ times: 5, firstMs: 100, maxMs: 300 }, work), message, contextFor(60_000));
    await vi.runAllTimersAsync();
    expect(await done).toBe('done');
    expect(attempts).toEqual([0, 100, 300, 600]);
  });

  it('waits for a random part of that time', async () => {
    vi.spyOn(Math, 'random').mockReturnValueOnce(0.5).mockReturnValueOnce(0);
    const { work, attempts } = failing(2);
    const done = call(retried({ firstMs: 100 }, work), message, contextFor(60_000));
    await vi.runAllTimersAsync();
    await done;
    expect(attempts).toEqual([0, 50, 50]);
  });

  it('fails with the last error after the last retry', async () => {
    const error = new Error('failed');
    const { work, attempts } = failing(9, error);
    const done = expect(call(retried({ times: 2 }, work), message, contextFor(60_000))).rejects.toBe(error);
    await vi.runAllTimersAsync();
    await done;
    expect(attempts).toHaveLength(3);
  });

  it('does not retry what `when` refuses', async () => {
    const { work, attempts } = failing(1, new TypeError('failed'));
    const when = (error: unknown): boolean => !(error instanceof TypeError);
    await expect(call(retried({ when }, work), message, contextFor(60_000))).rejects.toThrow('failed');
    expect(attempts).toHaveLength(1);
  });

  it.each([
    ['gives up', new GiveUp('no items')],
    ['asks for a later retry', new RetryLater({ seconds: 1 })],
    ['names an invalid message', new InvalidMessageError()],
  ])('passes on an error that %s', async (_, error) => {
    const { work, attempts } = failing(1, error);
    await expect(call(retried({}, work), message, contextFor(60_000))).rejects.toBe(error);
    expect(attempts).toHaveLength(1);
  });

  it('retries an error that cannot be read', async () => {
    const refuse = (): never => {
      throw new Error('unreadable');
    };
    const { work, attempts } = failing(1, new Proxy({}, { get: refuse, getPrototypeOf: refuse }));
    const done = call(retried({}, work), message, contextFor(60_000));
    await vi.runAllTimersAsync();
    await done;
    expect(attempts).toHaveLength(2);
  });

  it('fails immediately with the error of the work when the next attempt would start after the deadline', async () => {
    const error = new Error('failed');
    const { work, attempts } = failing(9, error);
    const context = contextFor(250);
    const done = expect(call(retried({ firstMs: 100 }, work), message, context)).rejects.toBe(error);
    await vi.advanceTimersByTimeAsync(100);
    await done;
    expect(attempts).toEqual([0, 100]);
    expect(outcomeOfError(error, context.signal).status).toBe('failed');
  });

  it('starts no attempt after the signal is aborted, and leaves no timer', async () => {
    const aborter = new AbortController();
    const { work, attempts } = failing(9);
    const context = { ...contextFor(60_000), signal: aborter.signal, deadlineMs: undefined };
    const timers = vi.getTimerCount();
    const done = expect(call(retried({}, work), message, context)).rejects.toThrow('failed');
    await vi.advanceTimersByTimeAsync(50);
    aborter.abort(new DeadlineReached());
    await done;
    expect(attempts).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(timers);
  });

  it('leaves a message unfinished whose attempt the deadline stops', async () => {
    const context = contextFor(100);
    const done = retried({}, (_, { signal }) => {
      return new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    })(message, context);
    const error = done.catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(100);
    expect(outcomeOfError(await error, context.signal)).toEqual({
      status: 'unfinished',
      reason: 'interrupted',
    });
  });

  it('fails with work that returns an Effect, which only its own library can retry', async () => {
    const effect = (): undefined => ({ '~effect/Effect': {} }) as unknown as undefined;
    await expect(call(retried({}, effect), message, contextFor(60_000))).rejects.toThrow(
      /returned an Effect/,
    );
  });

  it('calls the work of `checked` again, but does not validate again what is invalid', async () => {
    const validate = vi.fn((value: unknown) => (value === 1 ? { value } : { issues: [{ message: 'no' }] }));
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate } };
    const work = retried(
      { firstMs: 0 },
      checked(schema, () => Promise.reject(new Error('failed'))),
    );
    const invalid = { ...message, text: '2' };
    await expect(work(invalid, contextFor(60_000))).rejects.toThrow(InvalidMessageError);
    expect(validate).toHaveBeenCalledTimes(1);
    const done = expect(call(work, { ...message, text: '1' }, contextFor(60_000))).rejects.toThrow('failed');
    await vi.runAllTimersAsync();
    await done;
    expect(validate).toHaveBeenCalledTimes(5);
  });

  it.each([
    ['times', { times: 0 }],
    ['times', { times: 1.5 }],
    ['firstMs', { firstMs: -1 }],
    ['firstMs', { firstMs: NaN }],
    ['maxMs', { maxMs: Infinity }],
    ['firstMs', { firstMs: 10, maxMs: 5 }],
    ['when', { when: true as never }],
    ['Did you mean times?', { time: 1 } as never],
  ])('refuses a wrong option immediately: %s', (text, options) => {
    expect(() => retried(options, () => undefined)).toThrow(InvalidOptionError);
    expect(() => retried(options, () => undefined)).toThrow(text);
    expect(() => retried({}, undefined as never)).toThrow(/work of retried must be a function/);
  });
});
