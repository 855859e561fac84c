import type { Batch } from './batch.ts';
import type { Deadline } from './deadline.ts';
import type { Outcome } from './outcome.ts';
import type { WorkContext } from './work.ts';

/** What a technique is told of the invocation. */
export interface Invocation {
  readonly deadline: Deadline;
  /** What it hands on to every `work`. */
  readonly context: WorkContext;
}

/**
 * How workers are made, fed, stopped and awaited. It owes what docs/architecture.md lists under "The contract":
 * one outcome for every message, in the order of the batch; it settles when the last of its workers has settled
 * or was given up, and never rejects because of a message.
 */
export type Technique = (batch: Batch, invocation: Invocation) => Promise<readonly Outcome[]>;
