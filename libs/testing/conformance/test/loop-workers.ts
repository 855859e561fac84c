import type { Outcome, Technique, Work } from '@parallel-lambda/batch';
import {
  abandoned,
  claimMessages,
  laneCursor,
  notStarted,
  outcomeOfError,
  perform,
  SharedLimit,
  succeeded,
} from '@parallel-lambda/batch/technique';

export interface LoopWorkersOptions {
  readonly work: Work;
  /** The maximum number of messages in flight. */
  readonly workers: number;
}

/** Processes a batch with async loops, one per worker. */
export function loopWorkers({ work, workers }: LoopWorkersOptions): Technique {
  const limit = new SharedLimit(workers);
  return async function processBatch(batch, { deadline, context }) {
    const outcomes = batch.messages.map((): Outcome => notStarted);
    const cursor = laneCursor(batch, deadline);
    const places = limit.open(deadline);

    async function loop(): Promise<void> {
      for (const position of claimMessages(cursor)) {
        const message = batch.messages[position];
        if (!message) continue;
        const entered = places.enter(position, cursor);
        if (entered !== true && !(await entered)) continue;
        outcomes[position] = abandoned;
        try {
          await perform(work, message, context);
          outcomes[position] = succeeded;
        } catch (error) {
          outcomes[position] = outcomeOfError(error, context.signal);
          cursor.fail(position);
        }
        places.leave();
      }
    }

    const allEnded = Promise.all(Array.from({ length: workers }, loop));
    await Promise.race([allEnded, deadline.graceOver]);
    places[Symbol.dispose]();
    return outcomes.slice();
  };
}
