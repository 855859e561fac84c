import { beforeEach, describe, expect, it } from 'vitest';

import { logOutcomes } from '../../src/log-outcomes.ts';
import type { Outcome } from '../../src/outcome.ts';
import { abandoned, interrupted, notStarted, succeeded } from '../../src/technique/index.ts';
import { batchOf } from '../batch-of.ts';
import { failed, RecordingLogger } from './recording-logger.ts';

let recorded: RecordingLogger;

beforeEach(() => {
  recorded = new RecordingLogger();
});

describe('the log of a batch', () => {
  it('is silent if every message succeeded', () => {
    logOutcomes(batchOf('a', 'b'), [succeeded, succeeded], recorded.logger);
    logOutcomes(batchOf(), [], recorded.logger);
    expect(recorded.lines).toEqual([]);
  });

  it('names the messages of each reason, and warns of what the deadline has stopped', () => {
    const outcomes = [notStarted, succeeded, abandoned, interrupted, notStarted];
    logOutcomes(batchOf('a', 'b', 'c', 'd', 'e'), outcomes, recorded.logger);
    expect(recorded.lines.map(([level, text]) => [level, text])).toEqual([
      ['warn', '2 of 5 messages were not started, redelivered: a, e'],
      ['error', '1 of 5 messages ignored the abort signal and were abandoned, redelivered: c'],
      ['warn', '1 of 5 messages were interrupted, redelivered: d'],
    ]);
  });

  it('has one line for all messages that failed alike, with the first of their errors', () => {
    const errors = [new TypeError('no'), new TypeError('no'), new RangeError('no')];
    logOutcomes(batchOf('a', 'b', 'c'), errors.map(failed), recorded.logger);
    expect(recorded.texts).toEqual([
      "2 of 3 messages failed with 'TypeError: no', redelivered: a, b",
      "1 of 3 messages failed with 'RangeError: no', redelivered: c",
    ]);
    expect(recorded.lines.map(([, , error]) => error?.stack)).toEqual([errors[0]?.stack, errors[2]?.stack]);
  });

  it('names the class of an error without a message', () => {
    logOutcomes(batchOf('a'), [failed(new RangeError())], recorded.logger);
    expect(recorded.texts).toEqual(["1 of 1 messages failed with 'RangeError', redelivered: a"]);
  });

  it('describes what was thrown if it is not an error', () => {
    logOutcomes(
      batchOf('a', 'b', 'c'),
      [failed(undefined), failed('text'), failed({ code: 7 })],
      recorded.logger,
    );
    expect(recorded.lines).toEqual([
      ['error', '1 of 3 messages failed with undefined, redelivered: a'],
      ['error', "1 of 3 messages failed with 'text', redelivered: b"],
      ['error', '1 of 3 messages failed with an object, redelivered: c'],
    ]);
  });

  it('reports messages whose outcome is unknown', () => {
    const unknown = [{ status: 'done' }, { status: 'unfinished', reason: 'lost' }] as unknown as Outcome[];
    logOutcomes(batchOf('a', 'b', 'c'), unknown, recorded.logger);
    expect(recorded.texts).toEqual(['3 of 3 messages are in an unknown state, redelivered: a, b, c']);
  });

  it('is written if an error cannot be read', () => {
    const refuse = (): never => {
      throw new Error('unreadable');
    };
    const unreadable = Object.defineProperty(new Error(), 'message', { get: refuse });
    const untouchable = new Proxy(new Error('untouchable'), { get: refuse });
    const symbolic = Object.assign(new Error('named by a symbol'), { name: Symbol('name') });
    logOutcomes(batchOf('a', 'b', 'c'), [unreadable, untouchable, symbolic].map(failed), recorded.logger);
    expect(recorded.lines).toEqual([
      ['error', '3 of 3 messages failed with an error that cannot be read, redelivered: a, b, c'],
    ]);
  });

  it('is written without the error if the logger cannot print it', () => {
    recorded.logger.error = (text, error) => {
      if (error) throw new Error('cannot be printed');
      recorded.lines.push(['error', text]);
    };
    logOutcomes(batchOf('a'), [failed(new Error('odd'))], recorded.logger);
    expect(recorded.texts).toEqual(["1 of 1 messages failed with 'Error: odd', redelivered: a"]);
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
    logOutcomes(batchOf('a', 'b'), [failed(new Error('odd')), notStarted], { ...recorded.logger, error });
    expect(recorded.texts).toEqual(['1 of 2 messages were not started, redelivered: b']);
    await new Promise(setImmediate);
  });
});
