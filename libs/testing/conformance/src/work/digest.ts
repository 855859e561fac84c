import { createHash } from 'node:crypto';

import type { InvocationInfo } from '@parallel-lambda/batch';
import { infoOf } from '@parallel-lambda/batch/technique';

/** Everything that work may rely on. */
export interface DigestInput extends InvocationInfo {
  readonly id: string;
  readonly payload: string;
  readonly receiveCount: number | undefined;
}

/**
 * Returns a digest of what work must get, so that a message of megabytes can carry it. JSON escapes lone surrogates, so
 * different texts have different digests.
 */
export function digestOf(input: DigestInput): string {
  const { id, payload, receiveCount, ...info } = input;
  const values = [id, payload, receiveCount, ...Object.values<unknown>({ ...infoOf(info) })];
  // JSON has no `undefined`, and `null` must not have the same digest.
  const text = JSON.stringify(values, (_, value: unknown) => (value === undefined ? [] : value));
  return createHash('sha256').update(text).digest('hex');
}
