import { describe, expect, it } from 'vitest';

import { outcomeOfError, stopped } from '../../src/technique/index.ts';

const reason = new Error('the deadline');
const aborted = AbortSignal.abort(reason);
const running = new AbortController().signal;

const abort = Object.assign(new Error('Request aborted'), { name: 'AbortError' });
const itsOwnCause = new Error('circular');
itsOwnCause.cause = itsOwnCause;
const unreadable = new Proxy(new Error(), {
  get: () => {
    throw new Error('accessed');
  },
});

describe('the outcome of work that throws', () => {
  it.each([
    ["the signal's reason", reason],
    ['an abort error', abort],
    ["an error caused by the signal's reason", new Error('fetch failed', { cause: reason })],
    [
      'an error caused by an abort error',
      new Error('failed', { cause: new Error('failed', { cause: abort }) }),
    ],
  ])('is unfinished after the deadline for %s', (_, error) => {
    expect(outcomeOfError(error, aborted)).toEqual(stopped);
    expect(outcomeOfError(error, running)).toEqual({ status: 'failed', error });
  });

  it.each([
    ['another error', new Error('another')],
    ['undefined', undefined],
    ['a string', 'AbortError'],
    ['an error that is its own cause', itsOwnCause],
    ['an error that cannot be read', unreadable],
  ])('is failed after the deadline for %s', (_, error) => {
    const outcome = outcomeOfError(error, aborted);
    expect(outcome.status).toBe('failed');
    expect('error' in outcome && Object.is(outcome.error, error)).toBe(true);
  });
});
