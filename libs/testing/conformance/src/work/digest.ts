import { createHash } from 'node:crypto';

/** Everything that work may rely on. */
export interface DigestInput {
  readonly id: string;
  readonly payload: string;
  readonly receiveCount: number | undefined;
  readonly deadlineMs: number | undefined;
  readonly requestId: string | undefined;
  readonly functionArn: string | undefined;
}

/**
 * Returns a digest of what work must get, so that a message of megabytes can carry it. JSON escapes lone surrogates, so
 * different texts have different digests.
 */
export function digestOf(input: DigestInput): string {
  const { id, payload, receiveCount, deadlineMs, requestId, functionArn } = input;
  const values = [id, payload, receiveCount, deadlineMs, requestId, functionArn];
  // JSON has no `undefined`, and `null` must not have the same digest.
  const text = JSON.stringify(values, (_, value: unknown) => (value === undefined ? [] : value));
  return createHash('sha256').update(text).digest('hex');
}
