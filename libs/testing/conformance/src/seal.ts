import { createHash } from 'node:crypto';

/** What is sealed: all that a work may rely on. */
export interface Sealed {
  readonly id: string;
  readonly payload: string;
  readonly receiveCount: number | undefined;
  readonly deadlineMs: number | undefined;
  readonly requestId: string | undefined;
  readonly functionArn: string | undefined;
}

/**
 * A digest of what a work is to see, so that a message of megabytes can say what it is in a few characters. JSON
 * writes half surrogates as escapes: no two texts have one seal.
 */
export function seal({ id, payload, receiveCount, deadlineMs, requestId, functionArn }: Sealed): string {
  const facts = [id, payload, receiveCount, deadlineMs, requestId, functionArn];
  // JSON has no word for undefined, and null must not pass for it.
  const text = JSON.stringify(facts, (_, fact: unknown) => (fact === undefined ? [] : fact));
  return createHash('sha256').update(text).digest('hex');
}
