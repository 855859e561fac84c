import type { Redelivery } from '@parallel-lambda/batch';
import { simulation, type SimulationOptions } from '@parallel-lambda/conformance';
import work from '@parallel-lambda/conformance/simulation-work';
import { fiberWorkers, type FiberWork } from '@parallel-lambda/fiber-workers';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { threadWorkers } from '@parallel-lambda/thread-workers';
import * as Effect from 'effect/Effect';

import { sqsRedelivery } from '../src/index.ts';

const park = 'https://sqs.us-east-1.amazonaws.com/123456789012/parked';
const workModule = new URL(import.meta.resolve('@parallel-lambda/conformance/simulation-work'));

const options: SimulationOptions = {
  redelivery: (client): Redelivery =>
    sqsRedelivery({ client, park, backoff: { firstSeconds: 5 }, unfinished: 'immediately' }),
};

/** `GiveUp` and `RetryLater` are the typed failures of this Effect. */
const asEffect: FiberWork = (message, context) =>
  Effect.tryPromise({ try: async () => await work(message, context), catch: (error) => error });

simulation('promise workers with fates', ({ workers }) => promiseWorkers({ work, workers }), options);
simulation('fiber workers with fates', ({ workers }) => fiberWorkers({ work: asEffect, workers }), options);
simulation(
  'thread workers with fates',
  ({ workers }) => threadWorkers({ work: workModule, workers, threads: 2 }),
  { ...options, threads: true, messages: 1_000 },
);
