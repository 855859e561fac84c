import { describe, expect, it } from 'vitest';

import { DeadlineReached } from '../../src/index.ts';
import { interrupted, outcomeOfError } from '../../src/technique/index.ts';

const reached = AbortSignal.abort(new DeadlineReached());
const running = new AbortController().signal;

const aborts: readonly (readonly [string, unknown])[] = [
  ['the reason of the signal', reached.reason],
  ["an abort error of Node.js or the web's", new DOMException('aborted', 'AbortError')],
  ['an abort error of the AWS SDK', Object.assign(new Error('Request aborted'), { name: 'AbortError' })],
  [
    'a cancelled request of axios',
    Object.assign(new Error('canceled'), { name: 'CanceledError', code: 'ERR_CANCELED' }),
  ],
  [
    'an error that an abort caused',
    new Error('no order', { cause: new Error('no connection', { cause: reached.reason }) }),
  ],
  ['several aborts', new AggregateError([reached.reason, new DOMException('aborted', 'AbortError')])],
  ['an object from another realm', { name: 'AbortError' }],
];

describe('after the deadline', () => {
  it.each(aborts)('work that ends with %s was interrupted', (_, error) => {
    expect(outcomeOfError(error, reached)).toBe(interrupted);
  });

  it('work is interrupted by whatever reason the signal has', () => {
    expect(outcomeOfError('stop', AbortSignal.abort('stop'))).toBe(interrupted);
  });

  const circular = new Error('circular');
  circular.cause = circular;

  it.each([
    ['its own error', new Error('declined')],
    ['its own error beside an abort', new AggregateError([new Error('declined'), reached.reason])],
    ['no errors', new AggregateError([])],
    ['its own timeout', new DOMException('timed out', 'TimeoutError')],
    ['an error that is its own cause', circular],
    ['nothing', undefined],
  ])('work that ends with %s failed', (_, error) => {
    expect(outcomeOfError(error, reached)).toEqual({ status: 'failed', error });
  });
});

it('work that throws what cannot be read failed', () => {
  const refuse = (): never => {
    throw new Error('touched');
  };
  const unreadable = new Proxy({}, { get: refuse, has: refuse, getPrototypeOf: refuse });
  expect(outcomeOfError(unreadable, reached).status).toBe('failed');
  expect(outcomeOfError(unreadable, running).status).toBe('failed');
});

describe('before the signal is aborted', () => {
  it.each(aborts.filter(([, error]) => error !== reached.reason))(
    'work that ends with %s failed',
    (_, error) => {
      expect(outcomeOfError(error, running)).toEqual({ status: 'failed', error });
    },
  );

  it('work that has found the deadline by the clock, as `checked` does, was interrupted', () => {
    expect(outcomeOfError(new DeadlineReached(), running)).toBe(interrupted);
  });
});
