import type { Outcome, Technique, Work } from '@parallel-lambda/batch';
import {
  abandoned,
  checkOptions,
  checkWork,
  claimMessages,
  laneCursor,
  notStarted,
  outcomeOfError,
  perform,
  readSetting,
  SharedLimit,
  succeeded,
} from '@parallel-lambda/batch/technique';

/** Options for `promiseWorkers`. */
export interface PromiseWorkersOptions<SourceRecord = unknown> {
  /** Processes one message. It must wait, not compute, because all messages share one thread. */
  readonly work: Work<SourceRecord>;
  /**
   * The maximum number of messages in flight, 1 to 10,000, over all batches that the process handles at a time: a place that
   * becomes free goes to the batch that has the fewest. The environment variable `WORKERS` overrides it. A waiting worker
   * costs almost nothing, so choose what the service behind `work` can bear.
   * @default 100
   */
  readonly workers?: number;
}

/**
 * Processes a batch with async loops in the main thread. Each worker claims lanes from a shared cursor and processes one
 * message after another until no lane is left.
 *
 * After the deadline no message is started. Work that has not settled when the grace is over is abandoned, because a promise
 * cannot be stopped.
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
  const concurrency = readSetting({
    name: 'workers',
    option: options.workers,
    variable: 'WORKERS',
    fallback: 100,
    max: 10_000,
  });

  const limit = new SharedLimit(concurrency);

  return async function processBatch(batch, { deadline, context }) {
    const { messages, lanes } = batch;
    const outcomes = messages.map((): Outcome => notStarted);
    const cursor = laneCursor(batch, deadline);
    const places = limit.open(deadline);

    async function worker(): Promise<void> {
      for (const position of claimMessages(cursor)) {
        const message = messages[position];
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

    const allEnded = Promise.all(Array.from({ length: Math.min(concurrency, lanes.length) }, worker));
    await Promise.race([allEnded, deadline.graceOver]);
    places[Symbol.dispose]();
    // A copy: abandoned work may settle after the response.
    return outcomes.slice();
  };
}
