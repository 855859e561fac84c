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
  succeeded,
} from '@parallel-lambda/batch/technique';

/** How promise workers are set up. */
export interface PromiseWorkersOptions<SourceRecord = unknown> {
  /** What is done with a message. It must wait, not compute: while it computes, every other worker stands still. */
  readonly work: Work<SourceRecord>;
  /**
   * The number of messages in work at one time, from 1 to 10,000. The environment variable `WORKERS` overrides
   * it. A worker that waits costs next to nothing, so the number to choose is the load that the service behind
   * `work` bears.
   * @default 100: of 1,000 messages that waited 50 ms and computed 1 ms, more workers gained a tenth at most, and 10
   * took four times as long (`npx nx measure bench`)
   */
  readonly workers?: number;
}

/**
 * Works on a batch with async loops in the one thread. Each worker claims the next lane from a cursor that they
 * share, works through it in order, and claims again until none is left.
 *
 * At the deadline no message is started any more; work that has not settled when the grace is over is abandoned,
 * since a promise cannot be stopped.
 *
 * @throws {InvalidOptionError} when `work` is not a function, an option is unknown, or `workers` or `WORKERS` is not a whole
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

  return async function workOnBatch(batch, { deadline, context }) {
    const { messages, lanes } = batch;
    const outcomes = messages.map((): Outcome => notStarted);
    const cursor = laneCursor(batch, deadline);

    async function worker(): Promise<void> {
      for (const position of claimMessages(cursor)) {
        const message = messages[position];
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

    const allDone = Promise.all(Array.from({ length: Math.min(concurrency, lanes.length) }, worker));
    await Promise.race([allDone, deadline.graceOver]);
    // A copy: abandoned work may settle after the response.
    return outcomes.slice();
  };
}
