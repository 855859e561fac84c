import type { Batch } from '../batch.ts';
import type { Deadline } from '../deadline.ts';
import type { Logger } from '../logger.ts';
import type { Outcome } from '../outcome.ts';
import type { WorkContext } from '../work.ts';

/** The invocation that a batch belongs to, as a technique gets it. */
export interface Invocation {
  /** The moments at which the batch stops early. */
  readonly deadline: Deadline;
  /** The context to pass to every `work`. */
  readonly context: WorkContext;
  /**
   * Logger of the technique, for faults that do not belong to a message.
   * @default console
   */
  readonly logger?: Logger;
}

/**
 * Creates, supplies, stops and awaits the workers of one batch. `docs/contract.md` has the rules. It resolves with one
 * outcome per message, in the order of the batch, when its last worker has settled or has been abandoned. It never rejects
 * because of a message.
 */
export type Technique = (batch: Batch, invocation: Invocation) => Promise<readonly Outcome[]>;
