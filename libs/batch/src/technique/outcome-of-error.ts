import { DeadlineReached } from '../deadline.ts';
import { interrupted, type Outcome } from '../outcome.ts';
import { attempt } from '../read-property.ts';

const MAX_CAUSES = 8;

/**
 * Returns the outcome of a message whose work threw or rejected: `interrupted` when the work has stopped because of the
 * deadline, else `failed`. It has stopped because of the deadline when the signal is aborted, and the error is the signal's reason
 * or an abort error (as `fetch`, Node.js, the AWS SDK and axios throw it), or was caused by one.
 *
 * Call it when the work settles: later the signal can be aborted although the work failed for another reason.
 *
 * @param signal of the batch
 */
export function outcomeOfError(error: unknown, signal: AbortSignal): Outcome {
  const isInterrupted = attempt(
    () =>
      // `checked` finds the deadline by the clock, before the timer aborts the signal.
      (signal.aborted || error instanceof DeadlineReached) && isAbort(error, signal.reason, MAX_CAUSES),
  );
  return isInterrupted ? interrupted : { status: 'failed', error };
}

/** @throws when a property cannot be read */
function isAbort(error: unknown, reason: unknown, causes: number): boolean {
  if (error === reason) return true;
  if (typeof error !== 'object' || error === null || causes === 0) return false;
  const { name, code, cause, errors } = error as Readonly<Record<string, unknown>>;
  if (name === 'AbortError' || code === 'ABORT_ERR' || code === 'ERR_CANCELED') return true;
  const inner: readonly unknown[] = Array.isArray(errors) && errors.length > 0 ? errors : [cause];
  return inner.every((one) => isAbort(one, reason, causes - 1));
}
