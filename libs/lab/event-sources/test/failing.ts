import type { InvocationResult } from '../src/event-source.ts';

/** A function's answer that these messages failed. */
export function failing(...identifiers: readonly unknown[]): InvocationResult {
  return {
    kind: 'response',
    payload: { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) },
  };
}

/** A function's answer that nothing failed. */
export const succeeding: InvocationResult = failing();
