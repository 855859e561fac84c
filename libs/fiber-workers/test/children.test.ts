import { interrupted, succeeded } from '@parallel-lambda/batch/technique';
import { isSettled, turns } from '@parallel-lambda/conformance';
import * as Effect from 'effect/Effect';
import { expect, it } from 'vitest';

import { fiberWorkers, type FiberWork } from '../src/index.ts';
import { start } from './setup.ts';

/** Counts the beats of heartbeats, and the heartbeats that are running. */
class Heartbeats {
  beats = 0;
  running = 0;

  readonly beat = Effect.sync(() => {
    this.running += 1;
  }).pipe(
    Effect.andThen(
      Effect.forever(
        Effect.andThen(
          Effect.sync(() => (this.beats += 1)),
          Effect.yieldNow,
        ),
      ),
    ),
    Effect.ensuring(
      Effect.sync(() => {
        this.running -= 1;
      }),
    ),
  );
}

const aFewTurns = Effect.forEach([1, 2, 3], () => Effect.yieldNow, { discard: true });

it.each([
  ['forkChild', (heart: Heartbeats) => Effect.forkChild(heart.beat)],
  [
    'forkChild in a child',
    (heart: Heartbeats) => Effect.forkChild(Effect.andThen(Effect.forkChild(heart.beat), Effect.never)),
  ],
  ['forkScoped', (heart: Heartbeats) => Effect.forkScoped(heart.beat)],
])('what a message forks with %s ends with it', async (_, fork) => {
  const heart = new Heartbeats();
  const inFlight: number[] = [];
  const work: FiberWork = () =>
    Effect.gen(function* () {
      yield* fork(heart);
      yield* aFewTurns;
      inFlight.push(heart.running);
    });
  expect(await start(fiberWorkers({ work, workers: 2 }), 40).running).toEqual(Array(40).fill(succeeded));
  expect(Math.max(...inFlight)).toBeLessThanOrEqual(2);
  await expectSilence(heart);
});

it('what a message forks ends with it when it fails, and when it is interrupted', async () => {
  const heart = new Heartbeats();
  const work: FiberWork = ({ id }) =>
    Effect.gen(function* () {
      yield* Effect.forkChild(heart.beat);
      yield* aFewTurns;
      return yield* id === 'message-0' ? Effect.fail('failed') : Effect.never;
    });
  const { running, deadline } = start(fiberWorkers({ work, workers: 2 }), 2);
  await turns();
  expect(heart.running).toBe(1);
  deadline.reach();
  deadline.giveUp();
  expect(await running).toEqual([{ status: 'failed', error: 'failed' }, interrupted]);
  await expectSilence(heart);
});

it('resources that a message acquires are released when it ends', async () => {
  const events: string[] = [];
  const work: FiberWork = ({ id }) =>
    Effect.acquireRelease(
      Effect.sync(() => events.push(`acquire ${id}`)),
      () => Effect.sync(() => events.push(`release ${id}`)),
    );
  await start(fiberWorkers({ work, workers: 1 }), 2).running;
  expect(events).toEqual([
    'acquire message-0',
    'release message-0',
    'acquire message-1',
    'release message-1',
  ]);
});

it('a message fails if releasing its resources fails, and waits for it', async () => {
  const released = Promise.withResolvers<undefined>();
  const error = new Error('not released');
  const work: FiberWork = () =>
    Effect.acquireRelease(Effect.void, () =>
      Effect.andThen(
        Effect.promise(() => released.promise),
        Effect.die(error),
      ),
    );
  const { running } = start(fiberWorkers({ work }));
  expect(await isSettled(running)).toBe(false);
  released.resolve(undefined);
  expect(await running).toEqual([{ status: 'failed', error }]);
});

async function expectSilence(heart: Heartbeats): Promise<void> {
  expect(heart.running).toBe(0);
  const { beats } = heart;
  expect(beats).toBeGreaterThan(0);
  await turns();
  expect(heart.beats).toBe(beats);
}
