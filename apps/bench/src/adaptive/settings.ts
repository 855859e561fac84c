import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { adaptive, type AdaptiveWorkers, type Work } from '@parallel-lambda/batch';
import type { Batch, Invocation } from '@parallel-lambda/batch/technique';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import * as Effect from 'effect/Effect';
import * as Semaphore from 'effect/Semaphore';
import pMap from 'p-map';

/** A way to process the messages of a batch. */
export interface Setting {
  readonly name: string;
  readonly batchSize: number;
  /** Creates the function of one execution environment. */
  readonly open: (work: Work) => (batch: Batch, invocation: Invocation) => Promise<unknown>;
}

/** Messages of a batch: enough that its end, where messages run out, does not matter. */
const BATCH_SIZE = 50_000;
/** For peers that start all messages of a batch together, or a fiber for each. */
const SMALL_BATCH_SIZE = 1_000;
/** The default of `workers`. */
const CONCURRENCY = 100;

export const adaptiveSetting: Setting = withWorkers('adaptive', adaptive({ max: 512 }));

export function fixedSetting(workers: number): Setting {
  return withWorkers(String(workers), workers);
}

/** The peers, used as documented. */
export const peerSettings: readonly Setting[] = [
  {
    name: 'p-map, 100',
    batchSize: BATCH_SIZE,
    open:
      (work) =>
      ({ messages }, { context }) =>
        pMap(messages, (message) => settled(() => work(message, context)), { concurrency: CONCURRENCY }),
  },
  {
    name: 'Powertools',
    batchSize: SMALL_BATCH_SIZE,
    open(work) {
      const processor = new BatchProcessor(EventType.SQS);
      return ({ messages }, { context }) => {
        const byId = new Map(messages.map((message) => [message.id, message]));
        const event = { Records: messages.map(({ record }) => record) } as never;
        const handle = async ({ messageId }: { readonly messageId: string }): Promise<void> => {
          const message = byId.get(messageId);
          if (message) await work(message, context);
        };
        return processPartialResponse(event, handle, processor, { throwOnFullBatchFailure: false });
      };
    },
  },
  {
    name: 'Effect, semaphore of 100',
    batchSize: SMALL_BATCH_SIZE,
    open(work) {
      const semaphore = Semaphore.makeUnsafe(CONCURRENCY);
      return ({ messages }, { context }) =>
        Effect.runPromise(
          Effect.forEach(
            messages,
            (message) => semaphore.withPermit(Effect.promise(() => settled(() => work(message, context)))),
            { concurrency: 'unbounded', discard: true },
          ),
        );
    },
  },
];

function withWorkers(name: string, workers: number | AdaptiveWorkers): Setting {
  return { name, batchSize: BATCH_SIZE, open: (work) => promiseWorkers({ work, workers }) };
}

/** Waits until the work has succeeded or failed. */
async function settled(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch {
    // The service has rejected it, or the time is over.
  }
}
