import { InvalidMessageError, InvalidOptionError, WorkNotRunError } from '../errors.ts';
import { attempt } from '../read-property.ts';
import {
  checkFunction,
  checkMilliseconds,
  checkOptions,
  checkWholeNumber,
  checkWork,
} from '../technique/check-options.ts';
import { checkReturned } from '../technique/check-returned.ts';
import type { WorkResult } from '../work.ts';
import { wait } from './wait.ts';
import { contextIn, timeLeft, type MessageArguments, type WorkArguments } from './wrapped-work.ts';

const MAX_TIMES = 100;

/** Options for `retried`. */
export interface RetriedOptions {
  /**
   * The maximum number of retries after the first attempt, 1 to 100.
   * @default 3
   */
  readonly times?: number;
  /**
   * The longest wait before the first retry, in milliseconds, 0 to 5,400,000. It doubles with each retry. The actual wait is a random
   * part of it (full jitter).
   * @default 100
   */
  readonly firstMs?: number;
  /**
   * The longest wait before any retry, in milliseconds, 0 to 5,400,000.
   * @default 5,000, or `firstMs` if that is more
   */
  readonly maxMs?: number;
  /**
   * Returns whether an error is worth a retry. It is not called for errors that a retry cannot fix: `GiveUp`,
   * `RetryLater`, an invalid message, a returned value that still has to be run.
   * @default every error
   */
  readonly when?: (error: unknown) => boolean;
}

/**
 * Retries the work of a message in place, with exponential backoff and full jitter, while the deadline allows. The message keeps
 * its worker and its place in its lane. If there is no time for another attempt, the message fails immediately with the error of
 * the last attempt.
 *
 * @example
 * export const handler = batchHandler(promiseWorkers({ work: retried({ times: 2 }, work) }));
 *
 * @param work takes and returns what a work does, also inside `checked`; Effects have `Effect.retry`
 * @throws {InvalidOptionError} immediately, when an option is unknown or out of range, or the work is not a function
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retried<
  Args extends WorkArguments = MessageArguments,
  Result extends WorkResult = WorkResult,
>(
  options: RetriedOptions,
  work: (...args: Args) => Result | PromiseLike<Result>,
): (...args: Args) => Promise<Result> {
  checkWork('retried', work);
  const { times, firstMs, maxMs, when } = checkRetriedOptions(options);

  return async (...args) => {
    const context = contextIn(args);
    for (let retries = 0; ; retries += 1) {
      try {
        const result = await work(...args);
        checkReturned(result);
        return result;
      } catch (error) {
        if (retries === times || isFinal(error) || !when(error)) throw error;
        const waitMs = Math.random() * Math.min(maxMs, firstMs * 2 ** retries);
        if (waitMs >= timeLeft(context)) throw error;
        await wait(waitMs, context.signal);
        if (timeLeft(context) === 0) throw error;
      }
    }
  };
}

/** Returns whether the same error would occur again, or names the fate of its message. */
function isFinal(error: unknown): boolean {
  const isFinalError = attempt(() => {
    const { fate } = error as { readonly fate?: unknown };
    return (
      fate === 'retry later' ||
      fate === 'give up' ||
      error instanceof InvalidMessageError ||
      error instanceof WorkNotRunError
    );
  });
  return isFinalError === true;
}

function checkRetriedOptions(options: RetriedOptions): Required<RetriedOptions> {
  checkOptions('retried', options, ['times', 'firstMs', 'maxMs', 'when']);
  const { times = 3, firstMs = 100, when = () => true } = options;
  checkWholeNumber('times of retried', times, 1, MAX_TIMES);
  checkMilliseconds('firstMs of retried', firstMs);
  const { maxMs = Math.max(5_000, firstMs) } = options;
  checkMilliseconds('maxMs of retried', maxMs);
  if (firstMs > maxMs) {
    throw new InvalidOptionError(`firstMs of retried (${firstMs}) must be at most maxMs (${maxMs}).`);
  }
  checkFunction('when of retried', when);
  return { times, firstMs, maxMs, when };
}
