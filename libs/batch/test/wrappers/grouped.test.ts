import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  checked,
  grouped,
  InvalidOptionError,
  retried,
  within,
  WorkNotRunError,
  type Message,
} from '../../src/index.ts';
import { outcomeOfError } from '../../src/technique/index.ts';
import { call, contextFor, messagesOf } from './context.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const messages = messagesOf('a', 'b', 'c', 'd', 'e');

/** Work on a group that notes the identifiers of its messages. */
function noting(result: (group: readonly Message[]) => unknown = () => undefined) {
  const groups: string[][] = [];
  const work = (group: readonly Message[]): undefined => {
    groups.push(group.map(({ id }) => id));
    return result(group) as undefined;
  };
  return { work, groups };
}

describe('grouped', () => {
  it('processes a group when it is full, and the rest when the first has waited', async () => {
    const { work, groups } = noting();
    const one = grouped({ size: 2, waitMs: 100 }, work);
    const context = contextFor(60_000);
    const done = Promise.all(messages.map((message) => call(one, message, context)));
    expect(groups).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    await vi.advanceTimersByTimeAsync(99);
    expect(groups).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(groups[2]).toEqual(['e']);
    await done;
  });

  it('gives each message its own outcome', async () => {
    const error = new Error('b failed');
    const { work } = noting((group) => group.map(({ id }) => (id === 'b' ? error : undefined)));
    const one = grouped({ size: 5 }, work);
    const context = contextFor(60_000);
    const settled = await Promise.allSettled(messages.map((message) => call(one, message, context)));
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true]);
    expect(settled[1]).toEqual({ status: 'rejected', reason: error });
  });

  it.each([
    ['throws', () => Promise.reject(new Error('all failed')), 'all failed'],
    ['returns a list that is too short', () => [undefined], 'a list of 1 for 5 messages'],
    ['returns what is not a list', () => ({ failed: ['a'] }), 'an object with the keys'],
    ['returns null', () => null, 'returned null'],
    ['reports what is not an error', () => [1, 2, 3, 4, 5], 'an entry of type number'],
    ['reports strings', () => ['a', 'b', 'c', 'd', 'e'], 'an entry of type string'],
  ])('fails every message of a group whose work %s', async (_, result, text) => {
    const one = grouped({ size: 5 }, noting(result).work);
    const context = contextFor(60_000);
    const settled = await Promise.allSettled(messages.map((message) => call(one, message, context)));
    for (const { status, reason } of settled as PromiseRejectedResult[]) {
      expect(status).toBe('rejected');
      expect((reason as Error).message).toContain(text);
      if (text !== 'all failed') expect(reason).toBeInstanceOf(WorkNotRunError);
    }
  });

  it('gathers the messages of each batch separately', async () => {
    const { work, groups } = noting();
    const one = grouped({ size: 2 }, work);
    const contexts = [contextFor(60_000), contextFor(60_000)] as const;
    const done = Promise.all(
      messages.map((message, index) => call(one, message, contexts[index % 2 === 0 ? 0 : 1])),
    );
    await vi.advanceTimersByTimeAsync(10);
    await done;
    expect(groups).toEqual([['a', 'c'], ['b', 'd'], ['e']]);
  });

  it('leaves messages unfinished that wait when the deadline is reached', async () => {
    const { work, groups } = noting();
    const aborter = new AbortController();
    const context = { ...contextFor(60_000), signal: aborter.signal };
    const timers = vi.getTimerCount();
    const errors = Promise.allSettled([
      call(grouped({ size: 3, waitMs: 5_000 }, work), messages[0], context),
    ]);
    aborter.abort();
    const [settled] = await errors;
    const reason: unknown = (settled as PromiseRejectedResult).reason;
    expect(outcomeOfError(reason, context.signal)).toEqual({ status: 'unfinished', reason: 'interrupted' });
    expect(groups).toEqual([]);
    expect(vi.getTimerCount()).toBe(timers);
  });

  it('takes no message after the deadline, by the clock', async () => {
    const { work, groups } = noting();
    const context = contextFor(100);
    const one = grouped({ size: 2 }, work);
    const first = Promise.allSettled([call(one, messages[0], context)]);
    vi.setSystemTime(Date.now() + 200);
    const second = Promise.allSettled([call(one, messages[0], context)]);
    await vi.advanceTimersByTimeAsync(50);
    for (const [settled] of [await first, await second]) {
      const reason: unknown = (settled as PromiseRejectedResult).reason;
      expect(outcomeOfError(reason, context.signal).status).toBe('unfinished');
    }
    expect(groups).toEqual([]);
  });

  it('waits no longer than half of the time until the deadline', async () => {
    const { work, groups } = noting();
    const done = call(grouped({ size: 2, waitMs: 5_000 }, work), messages[0], contextFor(100));
    await vi.advanceTimersByTimeAsync(50);
    await done;
    expect(groups).toEqual([['a']]);
  });

  it('gives the values of a schema and their messages', async () => {
    const validate = (value: unknown) => ({ value: Number(value) });
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate } };
    const seen: unknown[] = [];
    const one = checked(
      schema,
      grouped({ size: 2 }, (values, group, { awsRequestId }) => {
        seen.push(
          values,
          group.map(({ id }) => id),
          awsRequestId,
        );
      }),
    );
    const context = { ...contextFor(60_000), awsRequestId: 'request' };
    await Promise.all(
      messages.slice(0, 2).map((message, index) => call(one, { ...message, text: String(index) }, context)),
    );
    expect(seen).toEqual([[0, 1], ['a', 'b'], 'request']);
  });

  it('gathers again only those messages that failed, inside of `retried`', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { work, groups } = noting((group) =>
      group.map(({ id }) => (id === 'b' && groups.length === 1 ? new Error('b failed') : undefined)),
    );
    const one = retried({}, grouped({ size: 5 }, work));
    const context = contextFor(60_000);
    const done = Promise.all(messages.map((message) => call(one, message, context)));
    await vi.advanceTimersByTimeAsync(10);
    await done;
    expect(groups).toEqual([['a', 'b', 'c', 'd', 'e'], ['b']]);
    vi.restoreAllMocks();
  });

  it('gathers messages that have a time limit each, and leaves out one whose time is over', async () => {
    const { work, groups } = noting();
    const one = within(50, grouped({ size: 2, waitMs: 100 }, work));
    const context = contextFor(60_000);
    const late = expect(call(one, messages[0], context)).rejects.toThrow(/longer than 50 ms/);
    await vi.advanceTimersByTimeAsync(50);
    await late;
    await Promise.all([call(one, messages[1], context), call(one, messages[2], context)]);
    expect(groups).toEqual([['b', 'c']]);
  });

  it.each([
    ['size', { size: 1 }],
    ['size', { size: 2.5 }],
    ['waitMs', { size: 2, waitMs: -1 }],
    ['waitMs', { size: 2, waitMs: NaN }],
    ['Did you mean size?', { sizes: 2 } as never],
  ])('refuses a wrong option immediately: %s', (text, options) => {
    expect(() => grouped(options, () => undefined)).toThrow(InvalidOptionError);
    expect(() => grouped(options, () => undefined)).toThrow(text);
  });
});
