import { InvalidOptionError, type Outcome } from '@parallel-lambda/batch';
import { abandoned, notStarted, stopped, succeeded } from '@parallel-lambda/batch/technique';
import { manualDeadline, invocationOf, isSettled, batchOf, times, turns } from '@parallel-lambda/conformance';
import * as Effect from 'effect/Effect';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { fiberWorkers, type FiberWork } from '../src/index.ts';

beforeEach(() => {
  vi.stubEnv('WORKERS', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('fiber workers', () => {
  it('has 100 messages in flight by default', async () => {
    expect(await maxInFlight({ messages: 150 })).toBe(100);
  });

  it('has as many messages in flight as the environment variable says, which overrides the option', async () => {
    vi.stubEnv('WORKERS', '3');
    expect(await maxInFlight({ messages: 20, workers: 7 })).toBe(3);
  });

  it.each([0, -1, 1.5, NaN, Infinity, 10_001])('refuses %d workers', (workers) => {
    expect(() => fiberWorkers({ work: () => undefined, workers })).toThrow(InvalidOptionError);
  });
});

describe('work that is an Effect', () => {
  it('has succeeded when the Effect has, with whatever value', async () => {
    const work = () =>
      Effect.gen(function* () {
        yield* Effect.yieldNow;
        return new Error('a value');
      });
    expect(await start(work).running).toEqual([succeeded]);
  });

  it('has failed with the error of the Effect, expected or not', async () => {
    const expected = new Error('expected');
    const defect = new Error('a defect');
    const failing: FiberWork = ({ id }) => (id === 'message-0' ? Effect.fail(expected) : Effect.die(defect));
    expect(await start(failing, 2).running).toEqual([
      { status: 'failed', error: expected },
      { status: 'failed', error: defect },
    ]);
  });

  it('has failed when making the Effect throws', async () => {
    const error = new Error('no Effect');
    const throwing: FiberWork = () => {
      throw error;
    };
    expect(await start(throwing).running).toEqual([{ status: 'failed', error }]);
  });

  it('is not done when it has interrupted itself', async () => {
    expect(await start(() => Effect.interrupt, 2).running).toEqual([stopped, stopped]);
  });

  it('is interrupted when the grace is over, and its finalizers are awaited', async () => {
    const cleanedUp = Promise.withResolvers<undefined>();
    const work = () => Effect.onInterrupt(Effect.never, () => Effect.promise(() => cleanedUp.promise));
    const { running, deadline } = start(work, 2);
    await turns();
    deadline.reach();
    expect(await isSettled(running)).toBe(false);
    deadline.giveUp();
    expect(await isSettled(running)).toBe(false);
    cleanedUp.resolve(undefined);
    expect(await running).toEqual([stopped, stopped]);
  });

  it('is abandoned when it is still being stopped and time runs out, and changes nothing when it ends', async () => {
    const gate = Promise.withResolvers<undefined>();
    const work = () => Effect.uninterruptible(Effect.promise(() => gate.promise));
    const { running, deadline } = start(work);
    await turns();
    deadline.reach();
    deadline.giveUp();
    expect(await isSettled(running)).toBe(false);
    deadline.runOut();
    const outcomes = await running;
    expect(outcomes).toEqual([abandoned]);
    gate.resolve(undefined);
    await turns();
    expect(outcomes).toEqual([abandoned]);
  });

  it('keeps its success when it ends in its grace', async () => {
    const gate = Promise.withResolvers<undefined>();
    const work = () => Effect.promise(() => gate.promise);
    const { running, deadline } = start(work);
    await turns();
    deadline.reach();
    gate.resolve(undefined);
    expect(await running).toEqual([succeeded]);
  });

  it('starts no further lane after it was interrupted', async () => {
    const { running, deadline } = start(() => Effect.never, 3, 1);
    await turns();
    deadline.reach();
    deadline.giveUp();
    expect(await running).toEqual([stopped, notStarted, notStarted]);
  });
});

describe('work that is a promise', () => {
  it('is abandoned when the grace is over: a fiber is stopped, a promise is not', async () => {
    const { running, deadline } = start(() => new Promise(() => undefined));
    await turns();
    deadline.reach();
    deadline.giveUp();
    expect(await running).toEqual([abandoned]);
  });
});

function start(work: FiberWork, messages = 1, workers = 10) {
  const deadline = manualDeadline();
  const technique = fiberWorkers({ work, workers });
  const running: Promise<readonly Outcome[]> = technique(
    batchOf(times(messages, 'succeed')),
    invocationOf(deadline),
  );
  return { running, deadline };
}

/** Returns the number of messages in flight while all of them wait. */
async function maxInFlight(options: {
  readonly messages: number;
  readonly workers?: number;
}): Promise<number> {
  const { messages, ...setting } = options;
  const gate = Promise.withResolvers<undefined>();
  let inFlight = 0;
  const work = (): Effect.Effect<unknown> => {
    inFlight += 1;
    return Effect.promise(() => gate.promise);
  };
  const technique = fiberWorkers({ work, ...setting });
  const running = technique(batchOf(times(messages, 'succeed')), invocationOf(manualDeadline()));
  await turns();
  const most = inFlight;
  gate.resolve(undefined);
  await running;
  return most;
}
