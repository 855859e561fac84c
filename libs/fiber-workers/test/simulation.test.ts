import { simulation } from '@parallel-lambda/conformance';
import work, { expectInvocation } from '@parallel-lambda/conformance/simulation-work';
import * as Effect from 'effect/Effect';

import { fiberWorkers, type FiberWork } from '../src/index.ts';

const asEffect: FiberWork = (message, context) =>
  Effect.gen(function* () {
    const heartbeat = Effect.sync(() => {
      expectInvocation(context);
    }).pipe(Effect.delay('1 second'), Effect.forever);
    yield* Effect.forkChild(heartbeat);
    return yield* Effect.tryPromise({
      try: async () => await work(message, context),
      catch: (error) => error,
    });
  });

simulation('fiber workers, work as a promise', ({ workers }) => fiberWorkers({ work, workers }));
simulation('fiber workers, work as an Effect with a child', ({ workers }) =>
  fiberWorkers({ work: asEffect, workers }),
);
