/** Fate that the error of a message requests. */
export type RequestedFate =
  | { readonly kind: 'give up'; readonly reason: string }
  | { readonly kind: 'retry later'; readonly seconds: number };

/** Maximum number of causes of an error that are read. */
const MAX_CAUSES = 8;
/** The longest delay of `RetryLater`. */
const MAX_SECONDS = 43_200;

/**
 * Returns what an error asks for: a `RetryLater` or `GiveUp`, or the first of them among its causes. They are found by their
 * properties, because the class is another one in a second copy of the package and of an error from a thread.
 *
 * @returns `undefined` for any other error
 */
export function requestedFate(error: unknown): RequestedFate | undefined {
  let current = error;
  try {
    for (let left = MAX_CAUSES; left > 0 && typeof current === 'object' && current !== null; left -= 1) {
      const { fate, seconds, message, cause } = current as Readonly<Record<string, unknown>>;
      if (fate === 'give up') return { kind: fate, reason: String(message) };
      if (fate === 'retry later' && typeof seconds === 'number' && seconds >= 0 && seconds <= MAX_SECONDS) {
        return { kind: fate, seconds };
      }
      current = cause;
    }
  } catch {
    // A value that cannot be read requests nothing.
  }
  return undefined;
}
