import { InvalidOptionError, type WorkContext } from '@parallel-lambda/batch';
import { abandoned } from '@parallel-lambda/batch/technique';
import {
  deadlineByHand,
  invocationOf,
  readOrders,
  straysTo,
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
  it('has 100 messages in work at one time unless told otherwise', async () => {
    expect(await mostInWork({ messages: 150 })).toBe(100);
  });

  it('has as many messages in work as the code says', async () => {
    expect(await mostInWork({ messages: 20, workers: 7 })).toBe(7);
  });

  it('has as many messages in work as the environment says, whatever the code says', async () => {
    vi.stubEnv('WORKERS', '3');
    expect(await mostInWork({ messages: 20, workers: 7 })).toBe(3);
  });

  it.each([0, -1, 1.5, NaN, Infinity, 10_001])('refuses %d workers', (workers) => {
    expect(() => promiseWorkers({ work: () => undefined, workers })).toThrow(InvalidOptionError);
  });

  it('gives every message of a batch the same context', async () => {
    const contexts = new Set<WorkContext>();
    const technique = promiseWorkers({ work: (_, context) => contexts.add(context) });
    const invocation = invocationOf(deadlineByHand());
    await technique(readOrders(times(5, 'succeed')), invocation);
    expect([...contexts]).toEqual([invocation.context]);
  });

  it('abandons a promise when the grace is over, at once, and handles what it rejects with later', async () => {
    const strays = straysTo(process);
    const deadline = deadlineByHand();
    const late = Promise.withResolvers<never>();
    const technique = promiseWorkers({ work: () => late.promise });
    const running = technique(readOrders(['succeed', 'succeed']), invocationOf(deadline));
    deadline.reach();
    deadline.giveUp();
    expect(await running).toEqual([abandoned, abandoned]);
    late.reject(new Error('too late'));
    await turns();
    expect(strays).toEqual([]);
  });
});

/** How many messages are in work when all of them wait. */
async function mostInWork(options: {
  readonly messages: number;
  readonly workers?: number;
}): Promise<number> {
  const { messages, ...setting } = options;
  const gate = Promise.withResolvers<undefined>();
  let inWork = 0;
  const work = (): Promise<unknown> => {
    inWork += 1;
    return gate.promise;
  };
  const running = promiseWorkers({ work, ...setting })(
    readOrders(times(messages, 'succeed')),
    invocationOf(deadlineByHand()),
  );
  await turns();
  const most = inWork;
  gate.resolve(undefined);
  await running;
  return most;
}
