import { isRecord, type InvocationResult } from '@parallel-lambda/local-lambda';

import type { SourceFormat } from '../messages/event-source-format.ts';

/** Result of an invocation as an event source reads it. */
export type Response =
  /** The invocation failed: the whole batch is redelivered. */
  | { readonly kind: 'error'; readonly errorType: string; readonly message: string }
  | { readonly kind: 'timeout' }
  /** A response that Lambda cannot read: the whole batch is redelivered, or all of it deleted. */
  | {
      readonly kind: 'malformed';
      readonly problem: string;
      readonly effect: 'all redelivered' | 'all deleted';
    }
  /** The identifiers of the messages that failed, as text; `isOther` if the response is neither an object nor empty. */
  | { readonly kind: 'reported'; readonly keys: readonly string[]; readonly isOther?: true };

/**
 * Reads the result of an invocation as an event source mapping with `ReportBatchItemFailures` does.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function readResponse(result: InvocationResult, format: SourceFormat): Response {
  if (result.status === 'timeout') return { kind: 'timeout' };
  if (result.status !== 'success') {
    const { errorType, errorMessage } = result.error;
    return { kind: 'error', errorType, message: errorMessage.split('\n')[0] ?? '' };
  }
  const { payload } = result;
  // A handler whose mapping does not report failures may respond with anything, such as "done".
  if (!isRecord(payload)) return { kind: 'reported', keys: [], ...(payload ? { isOther: true } : {}) };
  const items = payload.batchItemFailures;
  if (items === undefined) return withoutItems(payload);
  if (items === null) return { kind: 'reported', keys: [] };
  if (!Array.isArray(items)) {
    return { kind: 'malformed', problem: '"batchItemFailures" is not a list', effect: 'all redelivered' };
  }
  const keys = items.map((item) => (isRecord(item) ? format.reportedKey(item.itemIdentifier) : undefined));
  const wrong = items[keys.indexOf(undefined)] as unknown;
  if (keys.includes(undefined)) {
    const problem = `an entry (${JSON.stringify(wrong)}) has no valid "itemIdentifier"`;
    return { kind: 'malformed', problem, effect: 'all redelivered' };
  }
  return { kind: 'reported', keys: keys.filter((key) => key !== undefined) };
}

/** A list of failures under another name is not read: Lambda takes the batch for processed. */
function withoutItems(payload: Readonly<Record<string, unknown>>): Response {
  const name = Object.keys(payload).find(
    (key) => /fail/i.test(key) && Array.isArray(payload[key]) && payload[key].length > 0,
  );
  if (name === undefined) return { kind: 'reported', keys: [] };
  return {
    kind: 'malformed',
    problem: `the failures are under "${name}" instead of "batchItemFailures"`,
    effect: 'all deleted',
  };
}
