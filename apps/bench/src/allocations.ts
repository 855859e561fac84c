/**
 * Bytes that are allocated for a message, and bytes of a batch that outlive a collection of what is young, counted in a
 * process that collects no garbage meanwhile, and that compiles when it is its turn: compiled beside it, the same code
 * counts otherwise from run to run.
 * `node --expose-gc --min-semi-space-size=256 --max-semi-space-size=256 --no-maglev --no-concurrent-recompilation
 * src/allocations.ts`
 */
import { batchHandler, type Technique } from '@parallel-lambda/batch';
import { readBatch, respond, succeeded } from '@parallel-lambda/batch/technique';
import { fiberWorkers } from '@parallel-lambda/fiber-workers';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { threadWorkers } from '@parallel-lambda/thread-workers';

// eslint-disable-next-line @nx/enforce-module-boundaries -- a part of the library that it does not export
import { SharedBatch } from '../../../libs/thread-workers/src/shared/shared-batch.ts';
import { sqsBatch } from './events.ts';

const messages = 10_000;
const event = sqsBatch({ messages, body: [] });
const batch = readBatch(event);
const outcomes = batch.messages.map(() => succeeded);

const work = (): void => undefined;
await using threads = threadWorkers({ work: new URL('nothing.ts', import.meta.url), threads: 2 });

console.log(
  JSON.stringify({
    bytesPerMessage: {
      readBatch: bytesOf(() => readBatch(event)),
      respond: bytesOf(() => respond(batch, outcomes)),
      sharedBatch: bytesOf(() => SharedBatch.of(batch)),
    },
    bytesKeptPerBatch: {
      promises: await bytesKeptBy(promiseWorkers({ work })),
      'worker-threads': await bytesKeptBy(threads),
      'effect-fibers': await bytesKeptBy(fiberWorkers({ work })),
    },
  }),
);

/** The least of several times: the first also compile. */
function bytesOf(act: () => unknown): number {
  const times = Array.from({ length: 12 }, () => {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const kept = act();
    const bytes = process.memoryUsage().heapUsed - before;
    return kept === undefined ? Infinity : bytes;
  });
  return Math.round(Math.min(...times.filter((bytes) => bytes > 0)) / messages);
}

/**
 * What V8 collects by what is young alone makes its heap grow where it stays, though nobody can reach it any more: what
 * is old, such as the hidden class of a function, keeps it until all is collected.
 */
async function bytesKeptBy(technique: Technique): Promise<number> {
  const batches = 50;
  const handler = batchHandler(technique);
  const json = JSON.stringify(sqsBatch({ messages: 1_000, body: [] }));
  const once = async (): Promise<void> => {
    for (let count = 0; count < batches; count++) await handler(JSON.parse(json));
  };
  await once();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await once();
  globalThis.gc?.({ type: 'minor' });
  return Math.round((process.memoryUsage().heapUsed - before) / batches);
}
