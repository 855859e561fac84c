import type { Batch } from './batch.ts';
import { log } from './logger.ts';
import { abandoned, type Outcome } from './outcome.ts';
import type { Invocation, Technique } from './technique/technique.ts';

/**
 * Processes a batch, and waits until the technique has ended, or the response must be made: then no success is proven. It also
 * waits until Node.js has reported what the work left behind.
 *
 * A promise that the work did not await may have rejected. Node.js reports that after this turn of the event loop, and the runtime
 * then fails the invocation. A response before that would delete a message that did not succeed.
 */
export async function runTechnique(
  technique: Technique,
  batch: Batch,
  invocation: Invocation,
): Promise<readonly Outcome[]> {
  const { deadline, logger = console } = invocation;
  const unknown = batch.messages.map(() => abandoned);
  // A technique that stops at that moment has a turn of the event loop to return its results.
  const late = deadline.mustRespond.then(turnOfEventLoop).then(() => unknown);
  const outcomes = await Promise.race([technique(batch, invocation), late]);
  if (outcomes === unknown) log(logger, 'error', 'The technique did not end in time');
  await turnOfEventLoop();
  return outcomes;
}

// That of Node.js: the fake timers of a test would never fire it.
const immediate = setImmediate;

/** Waits for the next turn of the event loop. */
export function turnOfEventLoop(): Promise<unknown> {
  return new Promise(immediate);
}
