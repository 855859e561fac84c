import { AsyncLocalStorage } from 'node:async_hooks';

import { succeeded } from '@parallel-lambda/batch/technique';
import * as Effect from 'effect/Effect';
import { describe, expect, it } from 'vitest';

import { fiberWorkers, type FiberWork } from '../src/index.ts';
import { start } from './setup.ts';

describe('work that is an Effect', () => {
  it('keeps a store that it enters to itself', async () => {
    const store = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const enter = (id: string) => {
      seen.push(store.getStore());
      store.enterWith(id);
    };
    const work: FiberWork = ({ id }) =>
      Effect.gen(function* () {
        yield* Effect.sync(() => {
          enter(id);
        });
        yield* Effect.yieldNow;
        return store.getStore() === id ? undefined : yield* Effect.fail('the store is lost');
      });
    expect(await run(work, 4, 2)).toEqual([succeeded, succeeded, succeeded, succeeded]);
    expect(seen).toEqual([undefined, undefined, undefined, undefined]);
    expect(store.getStore()).toBeUndefined();
  });

  it('sees a store that the work has entered before it returned the Effect', async () => {
    const store = new AsyncLocalStorage<string>();
    const work: FiberWork = ({ id }) => {
      store.enterWith(id);
      return Effect.suspend(() => (store.getStore() === id ? Effect.void : Effect.fail('the store is lost')));
    };
    expect(await run(work, 3, 1)).toEqual([succeeded, succeeded, succeeded]);
  });
});

function run(work: FiberWork, messages: number, workers: number) {
  return start(fiberWorkers({ work, workers }), messages).running;
}
