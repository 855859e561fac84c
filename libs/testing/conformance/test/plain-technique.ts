import type { Outcome, Technique, WorkContext } from '@parallel-lambda/batch';
import {
  abandoned,
  checkReturned,
  isolated,
  notStarted,
  perform,
  succeeded,
  type BatchMessage,
} from '@parallel-lambda/batch/technique';

import work from '../src/simulation/work.ts';

/** Faults of a technique that the simulation must detect. */
export interface Flaws {
  readonly takesFailureForSuccess?: boolean;
  readonly ignoresLanes?: boolean;
  readonly ignoresDeadline?: boolean;
  readonly rejects?: boolean;
  readonly trustsEveryValue?: boolean;
  readonly leaksStores?: boolean;
}

/** A technique that processes all lanes in parallel. */
export function plainTechnique(flaws: Flaws = {}): Technique {
  const call = async (message: BatchMessage, context: WorkContext): Promise<void> => {
    if (flaws.trustsEveryValue) await isolated(() => work(message, context));
    else if (flaws.leaksStores) checkReturned(await work(message, context));
    else await perform(work, message, context);
  };
  return async ({ messages, lanes }, { deadline, context }) => {
    const outcomes = messages.map((): Outcome => notStarted);
    const workThrough = async (lane: readonly number[]): Promise<void> => {
      for (const position of lane) {
        const message = messages[position];
        if (!message || deadline.abortIfReached()) return;
        outcomes[position] = abandoned;
        try {
          await call(message, context);
          outcomes[position] = succeeded;
        } catch (error) {
          if (flaws.rejects) throw error;
          outcomes[position] = flaws.takesFailureForSuccess ? succeeded : { status: 'failed', error };
          return;
        }
      }
    };
    const alone = messages.map((_, position) => [position]);
    const allDone = Promise.all((flaws.ignoresLanes ? alone : lanes).map(workThrough));
    await Promise.race(flaws.ignoresDeadline ? [allDone] : [allDone, deadline.graceOver]);
    return outcomes.slice();
  };
}
