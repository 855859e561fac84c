import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';

import type { Outcome } from '../src/index.ts';
import { abandoned, notStarted, stopped, succeeded } from '../src/technique/index.ts';
import { logOutcomes } from '../src/log-outcomes.ts';
import { batchOf } from './batch-of.ts';

let log: MockInstance<typeof console.error>;

beforeEach(() => {
  log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  log.mockRestore();
});

const failed = (error: unknown): Outcome => ({ status: 'failed', error });

describe('the log of a batch', () => {
  it('is silent when every message has succeeded', () => {
    logOutcomes(batchOf('a', 'b'), [succeeded, succeeded]);
    logOutcomes(batchOf(), []);
    expect(log).not.toHaveBeenCalled();
  });

  it('says of each reason which messages it is about', () => {
    logOutcomes(batchOf('a', 'b', 'c', 'd', 'e'), [notStarted, succeeded, abandoned, stopped, notStarted]);
    expect(log.mock.calls).toEqual([
      ['2 of 5 messages were not started, delivered again: a, e'],
      [
        '1 of 5 messages did not heed the abort signal and were abandoned while still running, delivered again: c',
      ],
      ['1 of 5 messages were stopped before they were done, delivered again: d'],
    ]);
  });

  it('has one line for all messages that failed alike, with the first of their errors', () => {
    const errors = [new TypeError('no'), new TypeError('no'), new RangeError('no')];
    logOutcomes(batchOf('a', 'b', 'c'), errors.map(failed));
    expect(log.mock.calls).toEqual([
      ["2 of 3 messages failed with 'TypeError: no', delivered again: a, b", errors[0]],
      ["1 of 3 messages failed with 'RangeError: no', delivered again: c", errors[2]],
    ]);
  });

  it('says what was thrown where it is no error', () => {
    logOutcomes(batchOf('a', 'b', 'c'), [failed(undefined), failed('text'), failed({ code: 7 })]);
    expect(log.mock.calls).toEqual([
      ['1 of 3 messages failed with undefined, delivered again: a'],
      ["1 of 3 messages failed with 'text', delivered again: b"],
      ['1 of 3 messages failed with { code: 7 }, delivered again: c'],
    ]);
  });

  it('says so of messages whose outcome is not known', () => {
    logOutcomes(batchOf('a', 'b'), [{ status: 'done' } as unknown as Outcome]);
    expect(log.mock.calls).toEqual([['2 of 2 messages are in an unknown state, delivered again: a, b']]);
  });

  it('shortens what is long', () => {
    logOutcomes(batchOf('a'), [failed('x'.repeat(250_000))]);
    expect(log.mock.lastCall?.[0]).toHaveLength(249);
  });

  it('is written whatever cannot be read of an error', () => {
    const unreadable = Object.defineProperty(new Error(), 'message', {
      get: () => {
        throw new Error('unreadable');
      },
    });
    const untouchable = new Proxy(new Error('untouchable'), {
      getPrototypeOf: () => {
        throw new Error('touched');
      },
    });
    const symbolic = Object.assign(new Error('named by a symbol'), { name: Symbol('name') });
    logOutcomes(batchOf('a', 'b', 'c'), [failed(unreadable), failed(untouchable), failed(symbolic)]);
    expect(log.mock.lastCall?.[0]).toBe(
      '3 of 3 messages failed with an error that cannot be read, delivered again: a, b, c',
    );
  });

  it('is written without the error where the console cannot print it', () => {
    log.mockImplementation((...parts: readonly unknown[]) => {
      if (parts.length > 1) throw new Error('cannot be printed');
    });
    logOutcomes(batchOf('a'), [failed(new Error('odd'))]);
    expect(log.mock.lastCall).toEqual(["1 of 1 messages failed with 'Error: odd', delivered again: a"]);
  });
});
