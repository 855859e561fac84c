import type { BatchResponse, Technique } from '../../src/index.ts';
import { succeeded } from '../../src/technique/index.ts';
import { sqsRecord } from '../sqs-record.ts';

/** Creates an event of a standard queue, with messages of these identifiers. */
export function eventOf(...ids: readonly string[]): { readonly Records: readonly object[] } {
  return { Records: ids.map((id) => sqsRecord(id)) };
}

/** Creates the response that has these messages redelivered. */
export function redelivered(...ids: readonly string[]): BatchResponse {
  return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** A technique whose messages all succeed. */
export const allSucceed: Technique = (batch) => Promise.resolve(batch.messages.map(() => succeeded));
