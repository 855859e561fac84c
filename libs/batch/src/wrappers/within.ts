import { DeadlineReached } from '../deadline.ts';
import { ParallelLambdaError } from '../errors.ts';
import { checkMilliseconds, checkWork } from '../technique/check-options.ts';
import { checkReturned } from '../technique/check-returned.ts';
import type { WorkResult } from '../work.ts';
import {
  contextIn,
  messageContextOf,
  timeLeft,
  type MessageArguments,
  type WorkArguments,
} from './wrapped-work.ts';

/** The work of a message took longer than the time limit of `within`. It is also the reason of that message's signal. */
export class TimeLimitError extends ParallelLambdaError {
  override readonly name = 'TimeLimitError';
}

/**
 * Limits the time of each message. After it, `signal` of that message is aborted, and the message fails with a
 * {@link TimeLimitError}. Pass `signal` to every call that waits: work that ignores it continues to run while the next messages
 * are processed.
 *
 * The deadline of the batch comes first: a message that it stops is unfinished, not failed.
 * @example
 * const work = within(2_000, async ({ text }, { signal }) => {
 *   await fetch(text, { signal });
 * });
 *
 * @param ms the time limit, in milliseconds, 1 to 5,400,000
 * @param work takes and returns what a work does, also inside `checked`; Effects have `Effect.timeout`
 * @throws {InvalidOptionError} immediately, when the time is out of range or the work is not a function
 */
export function within<Args extends WorkArguments = MessageArguments, Result extends WorkResult = WorkResult>(
  ms: number,
  work: (...args: Args) => Result | PromiseLike<Result>,
): (...args: Args) => Promise<Result> {
  checkWork('within', work);
  checkMilliseconds('The time limit of within', ms, 1);
  return async (...args) => {
    const context = contextIn(args);
    const { signal, deadlineMs = Infinity } = context;
    const aborter = new AbortController();
    const limit = Promise.withResolvers<never>();
    const stop = (): void => {
      const error = new TimeLimitError(`The work took longer than ${ms} ms. Its signal was aborted.`);
      // Before the signal, so that work ended by the signal does not decide how the message fails.
      limit.reject(error);
      aborter.abort(error);
    };
    const abort = (): void => {
      aborter.abort(signal.reason);
    };
    const own = messageContextOf(context, {
      signal: aborter.signal,
      deadlineMs: Math.min(Date.now() + ms, deadlineMs),
    });
    const timer = setTimeout(stop, ms);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    try {
      const call = work(...([...args.slice(0, -1), own] as unknown as Args));
      const result = await Promise.race([call, limit.promise]);
      checkReturned(result);
      return result;
    } catch (error) {
      // A wrapper inside has found by the clock that the time is over, before the timer could fire.
      if (!(error instanceof DeadlineReached) || timeLeft(context) === 0) throw error;
      stop();
      return await limit.promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  };
}
