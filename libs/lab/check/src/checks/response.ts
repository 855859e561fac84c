import type { InvocationError } from '@parallel-lambda/local-lambda';

import type { Trial } from './trial.ts';

/** Returns whether the function reported exactly these messages, in any order. */
export function reports({ reported }: Pick<Trial, 'reported'>, ids: readonly string[]): boolean {
  return reported !== undefined && [...reported].sort().join() === [...ids].sort().join();
}

/** Describes the response for people. */
export function responseText({ result, reported }: Pick<Trial, 'result' | 'reported'>): string {
  if (result.status !== 'success') return `${failureText(result.error)}; the whole batch is redelivered`;
  if (reported === undefined || reported.length === 0) return 'none reported';
  if (reported.length > 5) return `${reported.length} reported`;
  return `reported: ${reported.join(', ')}`;
}

/** Returns type and reason of an error in one line. */
function failureText({ errorType, errorMessage }: InvocationError): string {
  const [reason = ''] = errorMessage.split('\n');
  return reason === '' ? errorType : `${errorType}: ${reason}`;
}
