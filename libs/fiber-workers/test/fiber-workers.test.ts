import { InvalidOptionError } from '@parallel-lambda/batch';
import { abandoned, notStarted, interrupted, succeeded } from '@parallel-lambda/batch/technique';
import { isSettled, turns } from '@parallel-lambda/conformance';
import * as Data from 'effect/Data';
import * as Effect from 'effect/Effect';
import * as Fiber from 'effect/Fiber';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { fiberWorkers, type FiberWork } from '../src/index.ts';
import { start } from './setup.ts';

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

  it('limits the messages in flight by the environment variable, which overrides the option', async () => {
    vi.stubEnv('WORKERS', '3');
    expect(await maxInFlight({ messages: 20, workers: 7 })).toBe(3);
  });

  it.each([0, -1, 1.5, NaN, Infinity, 10_001])('refuses %d workers', (workers) => {
    expect(() => fiberWorkers({ work: () => undefined, workers })).toThrow(InvalidOptionError);
  });

  it('refuses an unknown option, and work that is not a function', () => {
    const options = { work: () => undefined, concurrency: 5 };
    expect(() => fiberWorkers(options)).toThrow('Did you mean workers?');
    expect(() => fiberWorkers({ work: Effect.void as unknown as FiberWork })).toThrow(
      'work of fiberWorkers must be a function of a message',
    );
  });
});

describe('work that is an Effect', () => {
  it('succeeds if the Effect succeeds, with whatever value', async () => {
    const work = () =>
      Effect.gen(function* () {
        yield* Effect.yieldNow;
        return { _tag: 'Success', error: new Error('a value') };
      });
    expect(await run(work)).toEqual([succeeded]);
  });

  it('fails with the typed error of the Effect, or its defect', async () => {
    class NotFound extends Data.TaggedError('NotFound')<{ readonly id: string }> {}
    const failure = new NotFound({ id: '7' });
    const defect = new Error('a defect');
    const work: FiberWork = ({ id }) => (id === 'message-0' ? failure : Effect.die(defect));
    const [first, second] = await run(work, 2);
    expect(first?.status === 'failed' && first.error).toBe(failure);
    expect(second).toEqual({ status: 'failed', error: defect });
  });

  it('fails if creating the Effect throws', async () => {
    const error = new Error('no Effect');
    const throwing: FiberWork = () => {
      throw error;
    };
    expect(await run(throwing)).toEqual([{ status: 'failed', error }]);
  });

  it('fails if the Effect succeeds with an Effect, which is not run', async () => {
    const ran = vi.fn();
    const work = (() => Effect.succeed(Effect.sync(ran))) as unknown as FiberWork;
    expect(await run(work)).toMatchObject([{ status: 'failed', error: { name: 'WorkNotRunError' } }]);
    expect(ran).not.toHaveBeenCalled();
  });

  it.each<[string, () => unknown]>([
    ['a promise', () => Promise.resolve()],
    ['several promises', () => [Promise.resolve()]],
    ['a thenable', () => ({ then: () => undefined })],
  ])('fails if the Effect succeeds with %s, which is not awaited', async (_, make) => {
    const work = (() => Effect.sync(make)) as unknown as FiberWork;
    expect(await run(work)).toMatchObject([{ status: 'failed', error: { name: 'WorkNotRunError' } }]);
  });

  it.each([
    ['itself', Effect.interrupt],
    ['its own fiber', Effect.withFiber((fiber) => Fiber.interrupt(fiber))],
    [
      'a child and waits for it',
      Effect.flatMap(Effect.forkChild(Effect.never), (child) =>
        Effect.andThen(Fiber.interrupt(child), Fiber.join(child)),
      ),
    ],
  ])('fails alone if it interrupts %s', async (_, interrupting) => {
    const work: FiberWork = ({ id }) => (id === 'message-0' ? interrupting : Effect.yieldNow);
    const outcomes = await run(work, 4, 1);
    expect(outcomes).toEqual([
      { status: 'failed', error: interruptedByOwnCode },
      succeeded,
      succeeded,
      succeeded,
    ]);
  });

  it('is unfinished, not failed, if it stops because of the deadline', async () => {
    const work: FiberWork = ({ id }, { signal }) =>
      id === 'message-0'
        ? Effect.tryPromise(() => untilAborted(signal))
        : Effect.tryPromise({ try: () => untilAborted(signal), catch: (error) => error });
    const { running, deadline } = start(fiberWorkers({ work }), 2);
    await turns();
    deadline.reach();
    expect(await running).toEqual([interrupted, interrupted]);
  });

  it('is interrupted when the grace is over, and its finalizers are awaited', async () => {
    const cleanedUp = Promise.withResolvers<undefined>();
    const work = () => Effect.onInterrupt(Effect.never, () => Effect.promise(() => cleanedUp.promise));
    const { running, deadline } = start(fiberWorkers({ work }), 2);
    await turns();
    deadline.reach();
    expect(await isSettled(running)).toBe(false);
    deadline.giveUp();
    expect(await isSettled(running)).toBe(false);
    cleanedUp.resolve(undefined);
    expect(await running).toEqual([interrupted, interrupted]);
  });

  it('is abandoned if it cannot be stopped in time, and does not change its outcome later', async () => {
    const gate = Promise.withResolvers<undefined>();
    const work = () => Effect.uninterruptible(Effect.promise(() => gate.promise));
    const { running, deadline } = start(fiberWorkers({ work }));
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

  it('keeps its success if it ends during the grace', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { running, deadline } = start(fiberWorkers({ work: () => Effect.promise(() => gate.promise) }));
    await turns();
    deadline.reach();
    gate.resolve(undefined);
    expect(await running).toEqual([succeeded]);
  });

  it('starts no further lane after it was interrupted', async () => {
    const { running, deadline } = start(fiberWorkers({ work: () => Effect.never, workers: 1 }), 3);
    await turns();
    deadline.reach();
    deadline.giveUp();
    expect(await running).toEqual([interrupted, notStarted, notStarted]);
  });
});

describe('work that is a promise', () => {
  it('is abandoned when the grace is over', async () => {
    const { running, deadline } = start(fiberWorkers({ work: () => new Promise<void>(() => undefined) }));
    await turns();
    deadline.reach();
    deadline.giveUp();
    expect(await running).toEqual([abandoned]);
  });

  it('does not run the Effect that it resolves with after it was abandoned', async () => {
    const ran = vi.fn();
    const late = Promise.withResolvers<Effect.Effect<void>>();
    const { running, deadline } = start(fiberWorkers({ work: () => late.promise }));
    await turns();
    deadline.reach();
    deadline.giveUp();
    expect(await running).toEqual([abandoned]);
    late.resolve(Effect.sync(ran));
    await turns();
    expect(ran).not.toHaveBeenCalled();
  });
});

const interruptedByOwnCode = expect.objectContaining({
  name: 'ParallelLambdaError',
  message: expect.stringContaining('interrupted by its own code') as string,
}) as Error;

function run(work: FiberWork, messages = 1, workers = 10) {
  return start(fiberWorkers({ work, workers }), messages).running;
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

/** Returns the number of messages in flight while all of them wait. */
async function maxInFlight(options: {
  readonly messages: number;
  readonly workers?: number;
}): Promise<number> {
  const { messages, ...setting } = options;
  const gate = Promise.withResolvers<undefined>();
  let inFlight = 0;
  const work = (): Effect.Effect<undefined> => {
    inFlight += 1;
    return Effect.promise(() => gate.promise);
  };
  const { running } = start(fiberWorkers({ work, ...setting }), messages);
  await turns();
  const max = inFlight;
  gate.resolve(undefined);
  await running;
  return max;
}
