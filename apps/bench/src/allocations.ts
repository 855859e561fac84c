/**
 * Bytes that are allocated for a message, counted in a process that collects no garbage meanwhile, and that compiles
 * when it is its turn: compiled beside it, the same code counts otherwise from run to run.
 * `node --expose-gc --min-semi-space-size=256 --max-semi-space-size=256 --no-maglev --no-concurrent-recompilation
 * src/allocations.ts`
 */
import { readBatch, respond, succeeded } from '@parallel-lambda/batch';

// eslint-disable-next-line @nx/enforce-module-boundaries -- a part of the library that it does not export
import { SharedBatch } from '../../../libs/thread-workers/src/shared-batch.ts';
import { sqsBatch } from './events.ts';

const messages = 10_000;
const event = sqsBatch({ messages, body: [] });
const batch = readBatch(event);
const outcomes = batch.messages.map(() => succeeded);

console.log(
  JSON.stringify({
    readBatch: bytesOf(() => readBatch(event)),
    respond: bytesOf(() => respond(batch, outcomes)),
    sharedBatch: bytesOf(() => SharedBatch.of(batch)),
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
