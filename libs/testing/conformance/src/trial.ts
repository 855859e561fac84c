import type { Outcome, Technique } from '@parallel-lambda/batch';
import type { Batch } from '@parallel-lambda/batch/technique';
import { vi } from 'vitest';

import { deadlineByHand, type DeadlineByHand } from './deadline-by-hand.ts';
import { invocationOf } from './invocation-of.ts';
import type { MakeTechnique } from './make-technique.ts';
import { readOrders } from './read-orders.ts';
import type { Order } from './sent-messages.ts';
import type { SourceUnderTest } from './sources-under-test.ts';
import { Witness } from './witness.ts';

/** A technique under test, and who watches it. */
export interface Trial extends AsyncDisposable {
  readonly witness: Witness;
  readonly technique: Technique;
  /** Has a batch of these messages worked on; further batches of one test tell where their numbers begin. */
  readonly run: (
    orders: readonly Order[],
    options?: {
      readonly deadline?: DeadlineByHand;
      readonly first?: number;
      /** @default an SQS queue, of FIFO where an order has a lane */
      readonly source?: SourceUnderTest;
    },
  ) => Promise<readonly Outcome[]>;
  /** Has a batch worked on. */
  readonly runBatch: (batch: Batch, deadline?: DeadlineByHand) => Promise<readonly Outcome[]>;
}

/**
 * Makes a technique to be tried: its witness first, so that its threads find it.
 *
 * @param witness to be given by a test that makes several techniques, since work speaks to the last one made
 * @returns the trial, to be disposed of
 */
export function makeTrial(
  makeTechnique: MakeTechnique,
  options: { readonly workers: number },
  witness: Witness = new Witness(),
): Trial {
  for (const variable of ['WORKERS', 'THREADS']) vi.stubEnv(variable, undefined);
  const technique = makeTechnique(options);
  const runBatch: Trial['runBatch'] = (batch, deadline = deadlineByHand()) =>
    technique(batch, invocationOf(deadline));
  return {
    witness,
    technique,
    run: (orders, { deadline, first, source } = {}) => runBatch(readOrders(orders, first, source), deadline),
    runBatch,
    [Symbol.asyncDispose]: async () => {
      vi.unstubAllEnvs();
      // What a test has abandoned ends here, not in the next test.
      witness.openAll();
      await technique[Symbol.asyncDispose]?.();
    },
  };
}
