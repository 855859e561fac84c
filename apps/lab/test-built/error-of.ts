import type { InvocationError, InvocationResult } from '@parallel-lambda/local-lambda';

/** The error of an invocation that must have had one. */
export function errorOf(result: InvocationResult): InvocationError {
  if (result.status !== 'success') return result.error;
  throw new Error(`It responded with ${JSON.stringify(result.payload)}\n${result.log}`);
}
