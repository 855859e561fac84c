import type { Attempt } from './attempt.ts';
import type { RetryPolicy } from './retry-policy.ts';

/**
 * Returns the attempts after one that was no complete success.
 *
 * With bisecting, a batch is split at the returned sequence number and otherwise in two halves, which costs no
 * retry. A partial response that names the first record splits nothing off, so then too there are halves. Without
 * bisecting every further attempt is a retry; whether AWS counts from zero again when a batch has become shorter is
 * not documented, so it does not here.
 *
 * @param attempt the one that failed
 * @param remaining the records that are redelivered, at least one
 * @returns the attempts, in the order in which they are to be made; none when the retries are used up
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function attemptsAfter<Stored>(
  attempt: Attempt<Stored>,
  remaining: readonly Stored[],
  policy: Required<RetryPolicy>,
  nowMs: number,
): readonly Attempt<Stored>[] {
  const notBeforeMs = nowMs + policy.retryDelayMs;
  const { retries } = attempt;
  if (policy.bisectBatchOnFunctionError && attempt.records.length > 1) {
    return split(attempt.records.length, remaining).map((records) => ({ records, retries, notBeforeMs }));
  }
  if (policy.maximumRetries !== -1 && retries >= policy.maximumRetries) return [];
  return [{ records: remaining, retries: retries + 1, notBeforeMs }];
}

function split<Stored>(tried: number, remaining: readonly Stored[]): readonly (readonly Stored[])[] {
  if (remaining.length < tried) return [remaining];
  const middle = Math.ceil(remaining.length / 2);
  return [remaining.slice(0, middle), remaining.slice(middle)];
}
