import { InvalidOptionError, type WorkContext } from '@parallel-lambda/batch';
import { abandoned } from '@parallel-lambda/batch/technique';
import {
  manualDeadline,
  invocationOf,
  batchOf,
  collectUnhandledRejections,
  times,
  turns,
} from '@parallel-lambda/conformance';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { promiseWorkers } from '../src/index.ts';

beforeEach(() => {
  vi.stubEnv('WORKERS', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('promise workers', () => {
  it('has 100 messages in flight by default', async () => {
    expect(await maxInFlight({ messages: 150 })).toBe(100);
  });

  it('limits the messages in flight by the option', async () => {
    expect(await maxInFlight({ messages: 20, workers: 7 })).toBe(7);
  });

  it('limits the messages in flight by the environment variable, which overrides the option', async () => {
    vi.stubEnv('WORKERS', '3');
    expect(await maxInFlight({ messages: 20, workers: 7 })).toBe(3);
  });

  it.each([0, -1, 1.5, NaN, Infinity, 10_001])('refuses %d workers', (workers) => {
    expect(() => promiseWorkers({ work: () => undefined, workers })).toThrow(InvalidOptionError);
  });

  it.each([undefined, null, 'work', {}])('refuses work that is not a function: %o', (work) => {
    expect(() => promiseWorkers({ work: work as never })).toThrow(
      'work of promiseWorkers must be a function',
    );
  });

  it('passes the same context to every message of a batch', async () => {
    const contexts = new Set<WorkContext>();
    const technique = promiseWorkers({ work: (_, context) => contexts.add(context) });
    const invocation = invocationOf(manualDeadline());
    await technique(batchOf(times(5, 'succeed')), invocation);
    expect([...contexts]).toEqual([invocation.context]);
  });

  it('abandons a promise when the grace is over, and handles its late rejection', async () => {
    const rejections = collectUnhandledRejections();
    const deadline = manualDeadline();
    const late = Promise.withResolvers<never>();
    const technique = promiseWorkers({ work: () => late.promise });
    const running = technique(batchOf(['succeed', 'succeed']), invocationOf(deadline));
    deadline.reach();
    deadline.giveUp();
    expect(await running).toEqual([abandoned, abandoned]);
    late.reject(new Error('too late'));
    await turns();
    expect(rejections).toEqual([]);
  });
});

/** Returns the number of messages in flight while all of them wait. */
async function maxInFlight(options: {
  readonly messages: number;
  readonly workers?: number;
}): Promise<number> {
  const { messages, ...setting } = options;
  const gate = Promise.withResolvers<undefined>();
  let inFlight = 0;
  const work = (): Promise<undefined> => {
    inFlight += 1;
    return gate.promise;
  };
  const running = promiseWorkers({ work, ...setting })(
    batchOf(times(messages, 'succeed')),
    invocationOf(manualDeadline()),
  );
  await turns();
  const max = inFlight;
  gate.resolve(undefined);
  await running;
  return max;
}
