import { conformance } from '@parallel-lambda/conformance';
import work from '@parallel-lambda/conformance/work';
import * as Effect from 'effect/Effect';

import { fiberWorkers, type FiberWork } from '../src/index.ts';

const asEffect: FiberWork = (message, context) =>
  Effect.tryPromise({
    try: async () => {
      await work(message, context);
    },
    catch: (error) => error,
  });

conformance('fiber workers, work as a promise', ({ workers }) => fiberWorkers({ work, workers }));
conformance('fiber workers, work as an Effect', ({ workers }) => fiberWorkers({ work: asEffect, workers }));
