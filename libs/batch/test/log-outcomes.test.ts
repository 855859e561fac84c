import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Logger } from '../src/index.ts';
import { logOutcomes } from '../src/log-outcomes.ts';
import type { Outcome } from '../src/outcome.ts';
import { abandoned, interrupted, notStarted, succeeded } from '../src/technique/index.ts';
import { batchOf } from './batch-of.ts';

/** Lines as they were logged: level, text and error. */
let lines: (readonly [level: string, text: string, error?: Error | undefined])[];
let logger: Logger;

beforeEach(() => {
  lines = [];
  logger = {
    error: (...line) => lines.push(['error', ...line]),
    warn: (...line) => lines.push(['warn', ...line]),
  };
});
afterEach(() => {
  vi.useRealTimers();
});

const failed = (error: unknown): Outcome => ({ status: 'failed', error });
const texts = (): string[] => lines.map(([, text]) => text);
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `id-${index}`);

/** An error as axios throws it: with everything that belongs to the request. */
function httpError(index: number): Error {
  const config = { data: `{"secret":${index}}`, headers: { authorization: 'secret' } };
  const request = { socket: new Map(Array.from({ length: 1_000 }, (_, key) => [key, 'secret'])), config };
  const error = new Error(`Request ${index} failed with status code 503`);
  return Object.assign(error, {
    config,
    request,
    response: { request, data: 'secret' },
    code: 'ERR_BAD_RESPONSE',
    status: 503,
  });
}

describe('the log of a batch', () => {
  it('is silent if every message succeeded', () => {
    logOutcomes(batchOf('a', 'b'), [succeeded, succeeded], logger);
    logOutcomes(batchOf(), [], logger);
    expect(lines).toEqual([]);
  });

  it('names the messages of each reason, and warns of what the deadline has stopped', () => {
    const outcomes = [notStarted, succeeded, abandoned, interrupted, notStarted];
    logOutcomes(batchOf('a', 'b', 'c', 'd', 'e'), outcomes, logger);
    expect(lines.map(([level, text]) => [level, text])).toEqual([
      ['warn', '2 of 5 messages were not started, redelivered: a, e'],
      [
        'error',
        '1 of 5 messages ignored the abort signal and were abandoned while still running, redelivered: c',
      ],
      ['warn', '1 of 5 messages were interrupted, redelivered: d'],
    ]);
  });

  it('has one line for all messages that failed alike, with the first of their errors', () => {
    const errors = [new TypeError('no'), new TypeError('no'), new RangeError('no')];
    logOutcomes(batchOf('a', 'b', 'c'), errors.map(failed), logger);
    expect(texts()).toEqual([
      "2 of 3 messages failed with 'TypeError: no', redelivered: a, b",
      "1 of 3 messages failed with 'RangeError: no', redelivered: c",
    ]);
    expect(lines.map(([, , error]) => error?.stack)).toEqual([errors[0]?.stack, errors[2]?.stack]);
  });

  it('describes what was thrown if it is not an error', () => {
    logOutcomes(batchOf('a', 'b', 'c'), [failed(undefined), failed('text'), failed({ code: 7 })], logger);
    expect(lines).toEqual([
      ['error', '1 of 3 messages failed with undefined, redelivered: a'],
      ['error', "1 of 3 messages failed with 'text', redelivered: b"],
      ['error', '1 of 3 messages failed with { code: 7 }, redelivered: c'],
    ]);
  });

  it('reports messages whose outcome is unknown', () => {
    const unknown = [{ status: 'done' }, { status: 'unfinished', reason: 'lost' }] as unknown as Outcome[];
    logOutcomes(batchOf('a', 'b', 'c'), unknown, logger);
    expect(texts()).toEqual(['3 of 3 messages are in an unknown state, redelivered: a, b, c']);
  });

  it('is written if an error cannot be read', () => {
    const refuse = (): never => {
      throw new Error('unreadable');
    };
    const unreadable = Object.defineProperty(new Error(), 'message', { get: refuse });
    const untouchable = new Proxy(new Error('untouchable'), { getPrototypeOf: refuse });
    const symbolic = Object.assign(new Error('named by a symbol'), { name: Symbol('name') });
    logOutcomes(batchOf('a', 'b', 'c'), [unreadable, untouchable, symbolic].map(failed), logger);
    expect(lines).toEqual([
      ['error', '3 of 3 messages failed with an error that cannot be read, redelivered: a, b, c'],
    ]);
  });

  it('is written without the error if the logger cannot print it', () => {
    logger.error = (text, error) => {
      if (error) throw new Error('cannot be printed');
      lines.push(['error', text]);
    };
    logOutcomes(batchOf('a'), [failed(new Error('odd'))], logger);
    expect(texts()).toEqual(["1 of 1 messages failed with 'Error: odd', redelivered: a"]);
  });

  it.each([
    [
      'throws',
      (): never => {
        throw new Error('full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('full'))],
  ])('costs the batch nothing if the logger %s', async (_, error) => {
    logOutcomes(batchOf('a', 'b'), [failed(new Error('odd')), notStarted], { ...logger, error });
    expect(texts()).toEqual(['1 of 2 messages were not started, redelivered: b']);
    await new Promise(setImmediate);
  });
});

describe('the log of a batch is bounded', () => {
  it('in the number of errors, of which the rest share a line', () => {
    const ids = many(1_000);
    logOutcomes(
      batchOf(...ids),
      ids.map((id) => failed(new Error(`no ${id}`))),
      logger,
    );
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toEqual([
      'error',
      `990 of 1000 messages failed with other errors, redelivered: ${ids.slice(10, 30).join(', ')} and 970 more`,
    ]);
  });

  it('in the number of identifiers per line', () => {
    const ids = many(10_000);
    logOutcomes(batchOf(...ids), [], logger);
    logOutcomes(
      batchOf(...ids),
      ids.map(() => notStarted),
      logger,
    );
    expect(texts().map((text) => text.length)).toEqual([204, 197]);
  });

  it('in the size of an error, and leaves out what was sent', () => {
    const ids = many(1_000);
    logOutcomes(
      batchOf(...ids),
      ids.map((_, index) => failed(httpError(index))),
      logger,
    );
    const printed = inspect(lines, { depth: Infinity });
    expect(printed.length).toBeLessThan(50_000);
    expect(printed).not.toContain('secret');
    expect(lines[0]?.[2]).toMatchObject({ message: 'Request 0 failed with status code 503', status: 503 });
  });

  it('in the text that an error has', () => {
    const error = Object.assign(new Error('x'.repeat(250_000)), { code: 'y'.repeat(250_000) });
    logOutcomes(batchOf('a', 'b'), [failed(error), failed('z'.repeat(250_000))], logger);
    expect(inspect(lines, { depth: Infinity }).length).toBeLessThan(8_000);
  });

  it('in the number of causes and errors of an error', () => {
    const causes = Array.from({ length: 9 }).reduce<Error>(
      (cause, _, index) => new Error(`cause ${index}`, { cause }),
      new Error('deepest'),
    );
    const all = new AggregateError(
      Array.from({ length: 100 }, (_, index) => new Error(`one ${index}`)),
      'all',
    );
    const circular = new Error('circular');
    circular.cause = circular;
    logOutcomes(batchOf('a', 'b', 'c'), [causes, all, circular].map(failed), logger);
    const printed = lines.map(([, , error]) => inspect(error, { depth: Infinity }));
    expect(printed[0]?.match(/cause \d/g)).toEqual(['cause 8', 'cause 7', 'cause 6', 'cause 5', 'cause 4']);
    expect(printed[1]?.match(/Error: one \d+/g)).toHaveLength(4);
    expect(printed[2]?.match(/Error: circular/g)).toHaveLength(5);
  });

  it('in time: it ends when the response must be made', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    logger.error = (text) => {
      vi.setSystemTime(Date.now() + 30);
      lines.push(['error', text]);
    };
    const ids = many(10);
    logOutcomes(
      batchOf(...ids),
      ids.map((id) => failed(new Error(id))),
      logger,
      100,
    );
    expect(texts().slice(-2)).toEqual([
      "1 of 10 messages failed with 'Error: id-3', redelivered: id-3",
      '6 more lines are not logged, because the response must be made now',
    ]);
  });

  it('in time: it stops reading errors when the response must be made', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    let reads = 0;
    const slow = (): Error =>
      Object.defineProperty(new Error(), 'message', {
        get: () => {
          reads += 1;
          vi.setSystemTime(Date.now() + 30);
          return `slow ${reads}`;
        },
      });
    const ids = many(100);
    logOutcomes(
      batchOf(...ids),
      ids.map(() => failed(slow())),
      logger,
      100,
    );
    expect(reads).toBeLessThan(10);
    expect(texts()).toEqual([expect.stringContaining('more lines are not logged')]);
  });
});

describe('a logged error', () => {
  it('keeps its class name, message, codes, causes and stack', () => {
    class PaymentError extends Error {
      override readonly name = 'PaymentError';
      readonly code = 'DECLINED';
      readonly $metadata = { requestId: 'r-1', cfId: 'c' };
    }
    const error = new PaymentError('no', { cause: new TypeError('why') });
    logOutcomes(batchOf('a'), [failed(error)], logger);
    const [[, , logged]] = lines as [[string, string, Error]];
    expect(logged).toBeInstanceOf(Error);
    expect(logged).not.toBe(error);
    expect(logged.constructor.name).toBe('PaymentError');
    expect(Object.fromEntries(Object.entries(logged))).toEqual({ code: 'DECLINED', requestId: 'r-1' });
    expect([logged.name, logged.message, logged.stack]).toEqual([error.name, error.message, error.stack]);
    expect(logged.cause).toMatchObject({ name: 'TypeError', message: 'why' });
  });

  it('has the frames of its stack, however long its message', () => {
    logOutcomes(batchOf('a'), [failed(new Error(`${'x'.repeat(5_000)}\n and more`))], logger);
    expect(lines[0]?.[2]?.stack).toMatch(/^Error: x{1000}…\n {4}at .*log-outcomes\.test\.ts/);
  });

  it('may have a stack that is no text', () => {
    logOutcomes(batchOf('a'), [failed(Object.assign(new Error('odd'), { stack: 7 }))], logger);
    expect(lines[0]?.[2]?.stack).toBe('Error: odd');
  });
});
