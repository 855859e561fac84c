import { describe } from '@parallel-lambda/batch/technique';

/** Whatever `work` threw, as data that crosses from a thread. */
export type PlainError =
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      readonly cause: PlainError | undefined;
    }
  | { readonly kind: 'value'; readonly value: unknown };

const deepestCause = 8;

/**
 * Makes plain data of anything that was thrown. What cannot be cloned becomes a text that describes it.
 *
 * @param depth how many causes deep this is; the chain is cut where it is too long to be of use
 */
export function toPlainError(thrown: unknown, depth = 0): PlainError {
  try {
    if (!(thrown instanceof Error)) return { kind: 'value', value: structuredClone(thrown) };
    // Whatever a class has made of them.
    const { name, message, cause }: { name: unknown; message: unknown; cause?: unknown } = thrown;
    return {
      kind: 'error',
      name: String(name),
      message: String(message),
      stack: typeof thrown.stack === 'string' ? thrown.stack : undefined,
      cause: cause === undefined || depth === deepestCause ? undefined : toPlainError(cause, depth + 1),
    };
  } catch {
    return { kind: 'value', value: describe(thrown) };
  }
}

/** Makes an error again of what crossed: an `Error` with its name, message, stack and cause, or the value. */
export function fromPlainError(plain: PlainError): unknown {
  if (plain.kind === 'value') return plain.value;
  const error = new Error(plain.message, plain.cause && { cause: fromPlainError(plain.cause) });
  for (const key of ['name', 'stack'] as const) {
    Object.defineProperty(error, key, { value: plain[key], configurable: true, writable: true });
  }
  return error;
}

/** What was thrown as part of a sentence. */
export function withoutStack(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : describe(thrown);
}
