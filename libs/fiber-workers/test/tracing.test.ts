import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';

import type { MessageTrace } from '@parallel-lambda/batch';
import * as Effect from 'effect/Effect';
import { expect, it, onTestFinished } from 'vitest';

import { fiberWorkers, type FiberWork } from '../src/index.ts';
import { start } from './setup.ts';

const channel = tracingChannel<unknown, MessageTrace>('parallel-lambda:message');

function recordEnds(): MessageTrace[] {
  const ends: MessageTrace[] = [];
  const subscriber = (trace: unknown): void => {
    ends.push(trace as MessageTrace);
  };
  channel.asyncEnd.subscribe(subscriber);
  onTestFinished(() => {
    channel.asyncEnd.unsubscribe(subscriber);
  });
  return ends;
}

it('publishes the end of every message with its outcome', async () => {
  const ends = recordEnds();
  const error = new Error('no');
  const work: FiberWork = ({ id }) => (id === 'message-1' ? Effect.fail(error) : Effect.sleep(1));
  const outcomes = await start(fiberWorkers({ work, workers: 1 }), 3).running;
  expect(ends.map(({ outcome }) => outcome)).toEqual(outcomes);
  expect(ends[1]).toMatchObject({ message: { id: 'message-1' }, error });
});

it.each<[string, FiberWork]>([
  ['an interrupted Effect', () => Effect.never],
  ['an abandoned promise', () => new Promise(() => undefined)],
])('publishes the end of %s', async (_, work) => {
  const ends = recordEnds();
  const { running, deadline } = start(fiberWorkers({ work }));
  await Promise.resolve();
  deadline.reach();
  deadline.giveUp();
  const outcomes = await running;
  await new Promise(setImmediate);
  expect(ends.map(({ outcome }) => outcome)).toEqual(outcomes);
});

it('runs an Effect, and what it forks, in the context of its message', async () => {
  const store = new AsyncLocalStorage<string>();
  channel.start.bindStore(store, ({ message }) => message.id);
  onTestFinished(() => {
    channel.start.unbindStore(store);
  });
  const look = Effect.sync(() => store.getStore());
  const seen: unknown[] = [];
  const work: FiberWork = ({ id }) =>
    Effect.gen(function* () {
      const steps = [
        look,
        Effect.yieldNow,
        look,
        Effect.sleep(1),
        look,
        Effect.promise(() => Promise.resolve()),
      ];
      for (const step of steps) {
        yield* step;
        seen.push([id, yield* look]);
      }
      yield* Effect.all([Effect.yieldNow, look, Effect.sleep(1)], { concurrency: 'unbounded' });
      seen.push([id, yield* look]);
    });
  await start(fiberWorkers({ work }), 20).running;
  expect(seen).toHaveLength(140);
  expect(seen).toEqual((seen as [string, string][]).map(([id]) => [id, id]));
});
