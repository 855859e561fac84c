import { simulation } from '@parallel-lambda/conformance';
import work from '@parallel-lambda/conformance/simulation-work';
import * as Effect from 'effect/Effect';

import { fiberWorkers, type FiberWork } from '../src/index.ts';

const asEffect: FiberWork = (message, context) =>
  Effect.tryPromise({
    try: async () => {
      await work(message, context);
    },
    catch: (error) => error,
  });

simulation('fiber workers, work as a promise', ({ workers }) => fiberWorkers({ work, workers }));
simulation('fiber workers, work as an Effect', ({ workers }) => fiberWorkers({ work: asEffect, workers }));
