import type { Batch } from './batch.ts';
import type { Outcome } from './outcome.ts';
import type { Invocation, Technique } from './technique/technique.ts';

/**
 * Processes a batch, and waits until Node.js has reported what the work left behind.
 *
 * A promise that the work did not await may have rejected. Node.js reports that after this turn of the event loop, and the runtime
 * then fails the invocation. A response before that would delete a message that did not succeed.
 */
export async function runTechnique(
  technique: Technique,
  batch: Batch,
  invocation: Invocation,
): Promise<readonly Outcome[]> {
  const outcomes = await technique(batch, invocation);
  await turnOfEventLoop();
  return outcomes;
}

/** Waits for the next turn of the event loop. */
export function turnOfEventLoop(): Promise<unknown> {
  return new Promise(setImmediate);
}
