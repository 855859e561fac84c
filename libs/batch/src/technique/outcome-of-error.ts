import { stopped, type Outcome } from '../outcome.ts';

/** How many causes are followed: an error can be its own cause. */
const MAX_CAUSES = 5;

/**
 * Returns the outcome of a message whose work threw or rejected: `unfinished` if the work stopped because of the deadline,
 * else `failed`. Work stops because of the deadline if the signal was aborted, and the error is the signal's reason or an
 * `AbortError`, or has one as its `cause`.
 *
 * @param error whatever the work threw
 * @param signal the signal of the work's context
 */
export function outcomeOfError(error: unknown, signal: AbortSignal): Outcome {
  return signal.aborted && isAbort(error, signal.reason) ? stopped : { status: 'failed', error };
}

function isAbort(error: unknown, reason: unknown): boolean {
  try {
    let current = error;
    for (let followed = 0; followed <= MAX_CAUSES; followed += 1) {
      if (current === reason) return true;
      if (typeof current !== 'object' || current === null) return false;
      const { name, cause } = current as { readonly name?: unknown; readonly cause?: unknown };
      if (name === 'AbortError') return true;
      current = cause;
    }
  } catch {
    // An error whose properties cannot be read is an ordinary failure.
  }
  return false;
}
