import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { logOutcomes } from '../../src/log-outcomes.ts';
import { notStarted } from '../../src/technique/index.ts';
import { batchOf } from '../batch-of.ts';
import { failed, RecordingLogger } from './recording-logger.ts';

let recorded: RecordingLogger;

beforeEach(() => {
  recorded = new RecordingLogger();
});

afterEach(() => {
  vi.useRealTimers();
});

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

describe('the log of a batch is bounded', () => {
  it('in the number of errors, of which the rest share a line', () => {
    const ids = many(1_000);
    logOutcomes(
      batchOf(...ids),
      ids.map((id) => failed(new Error(`no ${id}`))),
      recorded.logger,
    );
    expect(recorded.lines).toHaveLength(11);
    expect(recorded.lines.at(-1)).toEqual([
      'error',
      `990 of 1000 messages failed with other errors, redelivered: ${ids.slice(10, 30).join(', ')} and 970 more`,
    ]);
  });

  it('in the number of identifiers per line', () => {
    const ids = many(10_000);
    logOutcomes(batchOf(...ids), [], recorded.logger);
    logOutcomes(
      batchOf(...ids),
      ids.map(() => notStarted),
      recorded.logger,
    );
    expect(recorded.texts.map((text) => text.length)).toEqual([204, 197]);
  });

  it('in the size of an error, and leaves out what was sent', () => {
    const ids = many(1_000);
    logOutcomes(
      batchOf(...ids),
      ids.map((_, index) => failed(httpError(index))),
      recorded.logger,
    );
    const printed = inspect(recorded.lines, { depth: Infinity });
    expect(printed.length).toBeLessThan(50_000);
    expect(printed).not.toContain('secret');
    expect(recorded.lines[0]?.[2]).toMatchObject({
      message: 'Request 0 failed with status code 503',
      status: 503,
    });
  });

  it('in the text that an error has', () => {
    const error = Object.assign(new Error('x'.repeat(250_000)), {
      name: 'n'.repeat(250_000),
      code: 'y'.repeat(250_000),
    });
    logOutcomes(batchOf('a', 'b'), [failed(error), failed('z'.repeat(250_000))], recorded.logger);
    expect(inspect(recorded.lines, { depth: Infinity }).length).toBeLessThan(8_000);
  });

  it('in how much of an error it reads: neither all keys of an object nor all errors of an aggregate', () => {
    const keys = vi.fn(() => []);
    const large = new Proxy({}, { ownKeys: keys });
    const get = vi.fn(Reflect.get);
    const errors = new Proxy(
      Array.from({ length: 1_000 }, () => new Error('one')),
      { get },
    );
    const all = Object.assign(new Error('all'), { errors });
    logOutcomes(batchOf('a', 'b'), [failed(large), failed(all)], recorded.logger);
    expect(recorded.texts[0]).toBe('1 of 2 messages failed with an object, redelivered: a');
    expect(keys).not.toHaveBeenCalled();
    expect(get.mock.calls.length).toBeLessThan(30);
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
    logOutcomes(batchOf('a', 'b', 'c'), [causes, all, circular].map(failed), recorded.logger);
    const printed = recorded.lines.map(([, , error]) => inspect(error, { depth: Infinity }));
    expect(printed[0]?.match(/cause \d/g)).toEqual(['cause 8', 'cause 7', 'cause 6', 'cause 5', 'cause 4']);
    expect(printed[1]?.match(/Error: one \d+/g)).toHaveLength(4);
    expect(printed[2]?.match(/Error: circular/g)).toHaveLength(5);
  });

  it('in time: it ends when the response must be made', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    recorded.logger.error = (text) => {
      vi.setSystemTime(Date.now() + 30);
      recorded.lines.push(['error', text]);
    };
    const ids = many(10);
    logOutcomes(
      batchOf(...ids),
      ids.map((id) => failed(new Error(id))),
      recorded.logger,
      100,
    );
    expect(recorded.texts.slice(-2)).toEqual([
      "1 of 10 messages failed with 'Error: id-3', redelivered: id-3",
      '6 more lines are not logged: the response must be made now',
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
      recorded.logger,
      100,
    );
    expect(reads).toBeLessThan(10);
    expect(recorded.texts).toEqual([expect.stringContaining('more lines are not logged')]);
  });
});
