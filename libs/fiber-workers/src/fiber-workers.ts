import {
  abandoned,
  notStarted,
  perform,
  readSetting,
  stopped,
  succeeded,
  type BatchMessage,
  type Lane,
  type Outcome,
  type Technique,
  type Work,
  type WorkContext,
} from '@parallel-lambda/batch';
import * as Cause from 'effect/Cause';
import * as Effect from 'effect/Effect';
import * as Exit from 'effect/Exit';

/**
 * What is done with a message: an Effect without requirements, or a plain promise function. An Effect is stopped
 * by interrupting its fiber, its finalizers run; a promise cannot be stopped and is abandoned.
 */
export type FiberWork<SourceRecord = unknown> = Work<SourceRecord>;

/** How fiber workers are set up. */
export interface FiberWorkersOptions<SourceRecord = unknown> {
  /** What is done with a message. It must wait, not compute: all fibers share one thread. */
  readonly work: FiberWork<SourceRecord>;
  /**
   * The number of messages in work at one time, from 1 to 10,000. The environment variable `WORKERS` overrides
   * it. A fiber that waits costs next to nothing, so the number to choose is the load that the service behind
   * `work` bears.
   * @default 100: of 1,000 messages that waited 50 ms and computed 1 ms, more workers gained a tenth at most, and 10
   * took four times as long (`npx nx measure bench`)
   */
  readonly workers?: number;
}

/**
 * Works on a batch with Effect's fibers: `Effect.forEach` over the lanes, bounded by `workers`.
 *
 * At the deadline no message is started any more; when the grace is over the fibers are interrupted, and awaited
 * for as long as there is time.
 *
 * @throws {InvalidOptionError} when `workers` or `WORKERS` is not a whole number from 1 to 10,000
 */
export function fiberWorkers<SourceRecord = unknown>(options: FiberWorkersOptions<SourceRecord>): Technique {
  const work = options.work as FiberWork;
  const concurrency = readSetting({
    name: 'workers',
    option: options.workers,
    variable: 'WORKERS',
    fallback: 100,
    most: 10_000,
  });

  return async function workOnBatch({ messages, lanes, source }, { deadline, context }) {
    const outcomes = messages.map((): Outcome => notStarted);

    /** Where the source keeps a checkpoint: the first message that did not succeed. What is after it comes again. */
    let checkpoint = Infinity;

    const workThrough = Effect.fnUntraced(function* (lane: Lane) {
      for (const position of lane) {
        const message = messages[position];
        if (!message || deadline.passed() || position > checkpoint) return;
        // Stands until the fiber says otherwise, which it never does for a promise that does not settle.
        outcomes[position] = abandoned;
        const exit = yield* Effect.exit(
          effectOf(work, message, context, () => {
            outcomes[position] = stopped;
          }),
        );
        const outcome = outcomeOf(exit);
        outcomes[position] = outcome;
        if (outcome.status === 'succeeded') continue;
        if (source.checkpoint) checkpoint = Math.min(checkpoint, position);
        return;
      }
    });

    const interrupter = new AbortController();
    void deadline.givenUp.then(() => {
      interrupter.abort();
    });
    const everyLane = Effect.forEach(lanes, workThrough, { concurrency, discard: true });
    const allDone = Effect.runPromiseExit(everyLane, { signal: interrupter.signal });
    await Promise.race([allDone, deadline.outOfTime]);
    return outcomes.slice();
  };
}

/** The work as an Effect, whichever way it is written. Only what is one can be stopped. */
function effectOf(
  work: FiberWork,
  message: BatchMessage,
  context: WorkContext,
  onStopped: () => void,
): Effect.Effect<unknown, unknown> {
  const stoppable = (effect: unknown): Effect.Effect<unknown, unknown> =>
    Effect.onInterrupt(effect as Effect.Effect<unknown, unknown>, () => Effect.sync(onStopped));
  return Effect.suspend(() => {
    const result = perform(work, message, context);
    if (Effect.isEffect(result)) return stoppable(result);
    return Effect.tryPromise({ try: () => Promise.resolve(result), catch: (error) => error }).pipe(
      // A wrapper that had to wait, such as `checked` with an asynchronous schema, promises the Effect.
      Effect.flatMap((value) => (Effect.isEffect(value) ? stoppable(value) : Effect.void)),
    );
  });
}

function outcomeOf(exit: Exit.Exit<unknown, unknown>): Outcome {
  if (Exit.isSuccess(exit)) return succeeded;
  if (Cause.hasInterruptsOnly(exit.cause)) return stopped;
  return { status: 'failed', error: Cause.squash(exit.cause) };
}
