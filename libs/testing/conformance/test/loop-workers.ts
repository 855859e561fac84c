import type { Outcome, Technique, Work } from '@parallel-lambda/batch';
import {
  abandoned,
  claimWithin,
  laneCursor,
  notStarted,
  outcomeOfError,
  perform,
  succeeded,
  workerLimit,
} from '@parallel-lambda/batch/technique';

export interface LoopWorkersOptions {
  readonly work: Work;
  /** The maximum number of messages in flight. */
  readonly workers: number;
}

/** Processes a batch with async loops, one per worker. */
export function loopWorkers({ work, workers }: LoopWorkersOptions): Technique {
  const limit = workerLimit(workers);
  return async function processBatch(batch, { deadline, context }) {
    const outcomes = batch.messages.map((): Outcome => notStarted);
    const cursor = laneCursor(batch, deadline);
    const share = limit.share(deadline);

    async function loop(): Promise<void> {
      for (const position of claimWithin(cursor, share)) {
        if (typeof position !== 'number') {
          await position;
          continue;
        }
        const message = batch.messages[position];
        if (!message) continue;
        outcomes[position] = abandoned;
        try {
          await perform(work, message, context);
          outcomes[position] = succeeded;
        } catch (error) {
          outcomes[position] = outcomeOfError(error, context.signal);
          cursor.fail(position);
        }
      }
    }

    const allEnded = Promise.all(Array.from({ length: limit.max }, loop));
    await Promise.race([allEnded, deadline.graceOver]);
    share.end();
    return outcomes.slice();
  };
}
