import type { InvocationResult } from '@parallel-lambda/local-lambda';
import { expect } from 'vitest';

/**
 * Returns the messages to redeliver, in the order of the response, which must be a partial batch
 * response and nothing else.
 *
 * @throws with the log, when there was no response
 */
export function failedIds(result: InvocationResult): readonly unknown[] {
  if (result.status !== 'success') throw new Error(`${result.error.errorMessage}\n${result.log}`);
  const { batchItemFailures } = result.payload as {
    readonly batchItemFailures: readonly { readonly itemIdentifier: unknown }[];
  };
  const ids = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  const response = { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
  expect(result.payload).toStrictEqual(response);
  return ids;
}
