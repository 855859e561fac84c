import type { Message, Outcome, Technique, WorkContext, WorkResult } from '@parallel-lambda/batch';
import {
  abandoned,
  checkReturned,
  claimMessages,
  laneCursor,
  notStarted,
  readSetting,
  isolated,
  stopped,
  succeeded,
  type BatchMessage,
  type LaneCursor,
} from '@parallel-lambda/batch/technique';
import * as Cause from 'effect/Cause';
import * as Effect from 'effect/Effect';

/**
 * What is done with a message: an Effect without requirements, or a plain promise function. An Effect is stopped
 * by interrupting its fiber, its finalizers run; a promise cannot be stopped and is abandoned.
 */
export type FiberWork<SourceRecord = unknown> = (
  message: Message<SourceRecord>,
  context: WorkContext,
) => FiberWorkResult | PromiseLike<FiberWorkResult>;

type FiberWorkResult = WorkResult | Effect.Effect<unknown, unknown>;

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

/** What the workers of one batch share. */
interface BatchRun {
  readonly messages: readonly BatchMessage[];
  readonly context: WorkContext;
  readonly cursor: LaneCursor;
  /** One per message, in the order of the batch. */
  readonly outcomes: Outcome[];
}

/**
 * Works on a batch with Effect's fibers. Each worker is one: it claims the next lane from a cursor that they share,
 * works through it in order, and claims again until none is left. (A fiber for each lane, by `Effect.forEach`, took
 * twice as long where the messages are many and small.)
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
    max: 10_000,
  });

  // Not made in each batch: a generator function has a hidden class of its own, which V8 makes among what is old, and
  // until that is collected the class keeps the function and all that it sees.
  const worker = Effect.fnUntraced(function* ({ messages, context, cursor, outcomes }: BatchRun) {
    for (const position of claimMessages(cursor)) {
      const message = messages[position];
      if (!message) continue;
      // Stands until the fiber says otherwise, which it never does for a promise that does not settle.
      outcomes[position] = abandoned;
      const outcome = yield* begin(work, message, context, () => {
        outcomes[position] = stopped;
      });
      outcomes[position] = outcome;
      if (outcome.status !== 'succeeded') cursor.fail(position);
    }
  });

  return async function workOnBatch(batch, { deadline, context }) {
    const { messages, lanes } = batch;
    const outcomes = messages.map((): Outcome => notStarted);
    const run: BatchRun = { messages, context, cursor: laneCursor(batch, deadline), outcomes };
    const workers = Array.from({ length: Math.min(concurrency, lanes.length) }, () => worker(run));
    const { promise: allDone, resolve: onExit } = Promise.withResolvers<unknown>();
    const interrupt = Effect.runCallback(Effect.all(workers, { concurrency: 'unbounded', discard: true }), {
      onExit,
    });
    void deadline.graceOver.then(() => {
      interrupt();
    });
    await Promise.race([allDone, deadline.mustRespond]);
    // A copy: abandoned work may settle after the response.
    return outcomes.slice();
  };
}

/**
 * Begins the work on a message: an Effect, which can be stopped, or a promise, which cannot.
 *
 * @param onStopped is called when it was stopped
 */
function begin(
  work: FiberWork,
  message: BatchMessage,
  context: WorkContext,
  onStopped: () => void,
): Effect.Effect<Outcome> {
  try {
    const result = isolated(() => work(message, context));
    return Effect.isEffect(result) ? run(result, onStopped) : settle(Promise.resolve(result), onStopped);
  } catch (error) {
    return Effect.succeed({ status: 'failed', error });
  }
}

function run(effect: unknown, onStopped: () => void): Effect.Effect<Outcome> {
  return (effect as Effect.Effect<unknown, unknown>).pipe(
    Effect.onInterrupt(() => Effect.sync(onStopped)),
    Effect.matchCause({ onSuccess: outcomeOf, onFailure: whyFailed }),
  );
}

function whyFailed(cause: Cause.Cause<unknown>): Outcome {
  return Cause.hasInterruptsOnly(cause) ? stopped : { status: 'failed', error: Cause.squash(cause) };
}

/** Fails a message whose work returned what still has to be run, such as an Effect of another version. */
function outcomeOf(value: unknown): Outcome {
  try {
    checkReturned(value);
    return succeeded;
  } catch (error) {
    return { status: 'failed', error };
  }
}

/** By hand, since `Effect.tryPromise` and what must follow it cost twice as much. */
function settle(promise: Promise<unknown>, onStopped: () => void): Effect.Effect<Outcome> {
  return Effect.callback((resume) => {
    promise.then(
      // A wrapper that had to wait, such as `checked` with an asynchronous schema, promises the Effect.
      (value) => {
        resume(Effect.isEffect(value) ? run(value, onStopped) : Effect.succeed(outcomeOf(value)));
      },
      (error: unknown) => {
        resume(Effect.succeed({ status: 'failed', error }));
      },
    );
  });
}
