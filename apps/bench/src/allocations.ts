/**
 * Counts the bytes that a technique allocates per message, and those of a batch that outlive a minor garbage collection.
 * Garbage collection and background compilation are off, so that the counts do not change from run to run:
 * `node --expose-gc --min-semi-space-size=256 --max-semi-space-size=256 --no-maglev --no-concurrent-recompilation
 * src/allocations.ts`
 */
import { batchHandler, type Technique } from '@parallel-lambda/batch';
import { fiberWorkers } from '@parallel-lambda/fiber-workers';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { threadWorkers } from '@parallel-lambda/thread-workers';

import { sqsBatch } from './events.ts';

const work = (): void => undefined;
await using threads = threadWorkers({ work: new URL('nothing.ts', import.meta.url), threads: 2 });
const techniques = {
  promises: promiseWorkers({ work }),
  'worker-threads': threads,
  'effect-fibers': fiberWorkers({ work }),
};

// First, because the large batches of the other measurement enlarge V8's young generation.
const bytesKeptPerBatch = await forEach(keptBy);
const bytesPerMessage = await forEach(allocatedBy);
console.log(JSON.stringify({ bytesPerMessage, bytesKeptPerBatch }));

async function forEach(measure: (technique: Technique) => Promise<number>): Promise<Record<string, number>> {
  const measured: Record<string, number> = {};
  for (const [name, technique] of Object.entries(techniques)) measured[name] = await measure(technique);
  return measured;
}

/** Returns the minimum of several batches, because the first ones compile code. */
async function allocatedBy(technique: Technique): Promise<number> {
  const messages = 10_000;
  const handler = batchHandler(technique);
  const event = sqsBatch({ messages, body: [] });
  const counts: number[] = [];
  for (let count = 0; count < 12; count++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    await handler(event as Parameters<typeof handler>[0]);
    counts.push(process.memoryUsage().heapUsed - before);
  }
  return Math.round(Math.min(...counts.filter((bytes) => bytes > 0)) / messages);
}

/**
 * An old object that is dead, such as the hidden class of a function, keeps young objects alive until a full garbage
 * collection. Then V8 enlarges its young generation with every batch.
 */
async function keptBy(technique: Technique): Promise<number> {
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
