import type { AdaptiveWorkers, Outcome, Technique, Work } from '@parallel-lambda/batch';
import {
  abandoned,
  checkOptions,
  checkWork,
  claimWithin,
  isolation,
  laneCursor,
  notStarted,
  outcomeOfError,
  perform,
  succeeded,
  workerLimit,
} from '@parallel-lambda/batch/technique';

/** Options for `promiseWorkers`. */
export interface PromiseWorkersOptions<SourceRecord = unknown> {
  /** Processes one message. It must wait, not compute, because all messages share one thread. */
  readonly work: Work<SourceRecord>;
  /**
   * The maximum number of messages in flight, 1 to 10,000, over all batches that the process handles at a time: a place that
   * becomes free goes to the batch that has the fewest. The environment variable `WORKERS` overrides it. A waiting worker
   * costs almost nothing, so choose what the service behind `work` can handle, or let `adaptive()` find it.
   * @default 100
   */
  readonly workers?: number | AdaptiveWorkers;
}

/**
 * Processes a batch with async loops in the main thread. Each worker claims lanes from a shared cursor and processes one
 * message after another until no lane is left.
 *
 * After the deadline no message is started. Work that has not settled when the grace period is over is abandoned, because a
 * promise cannot be stopped.
 *
 * @throws {InvalidOptionError} if `work` is not a function, an option is unknown, or `workers` or `WORKERS` is not a whole
 * number from 1 to 10,000
 */
export function promiseWorkers<SourceRecord = unknown>(
  options: PromiseWorkersOptions<SourceRecord>,
): Technique {
  checkOptions('promiseWorkers', options, ['work', 'workers']);
  checkWork('promiseWorkers', options.work);
  const work = options.work as Work;
  const limit = workerLimit(options.workers);

  return async function processBatch(batch, { deadline, context }) {
    const { messages, lanes } = batch;
    const outcomes = messages.map((): Outcome => notStarted);
    const cursor = laneCursor(batch, deadline);
    const share = limit.share(deadline);
    const isolated = isolation();

    async function worker(): Promise<void> {
      for (const position of claimWithin(cursor, share)) {
        if (typeof position !== 'number') {
          await position;
          continue;
        }
        const message = messages[position];
        if (!message) continue;
        outcomes[position] = abandoned;
        try {
          await perform(work, message, context, isolated);
          outcomes[position] = succeeded;
        } catch (error) {
          outcomes[position] = outcomeOfError(error, context.signal);
          cursor.fail(position, error);
        }
      }
    }

    const allEnded = Promise.all(Array.from({ length: Math.min(limit.max, lanes.length) }, worker));
    await Promise.race([allEnded, deadline.graceOver]);
    share.end();
    // A copy: abandoned work may settle after the response.
    return outcomes.map((outcome) => (outcome === notStarted ? share.notStarted : outcome));
  };
}
