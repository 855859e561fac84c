import type { Batch } from './batch.ts';
import { describe } from './describe.ts';
import { InvalidResponseError } from './errors.ts';
import type { Outcome } from './outcome.ts';
import type { BatchResponse } from './sources/source.ts';

/**
 * The partial batch response: every message of which success was not proved, or, where the source keeps a checkpoint,
 * the first of them.
 *
 * @param outcomes one a message, in the order of the batch; a missing or unknown one counts as unfinished
 * @throws {InvalidResponseError} when there are more outcomes than messages
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export function respond(batch: Batch, outcomes: readonly Outcome[]): BatchResponse {
  const { messages, source } = batch;
  if (!Array.isArray(outcomes) || outcomes.length > messages.length) {
    throw new InvalidResponseError(
      `A technique must give one outcome for each of ${messages.length} messages, not ${describe(outcomes)}`,
    );
  }
  const known: readonly (Outcome | undefined)[] = outcomes;
  const again = messages.filter((_, position) => known[position]?.status !== 'succeeded');
  const reported = source.checkpoint ? again.slice(0, 1) : again;
  return { batchItemFailures: reported.map((message) => ({ itemIdentifier: source.identify(message) })) };
}

/**
 * Checks a response against its batch, since SQS takes one unknown identifier for a failure of the whole batch.
 *
 * @throws {InvalidResponseError} when an identifier is not of this batch, is empty or comes twice
 */
export function checkResponse({ messages, source }: Batch, response: BatchResponse): void {
  if (response.batchItemFailures.length === 0) return;
  const left = new Set(messages.map((message) => JSON.stringify(source.identify(message))));
  for (const { itemIdentifier } of response.batchItemFailures) {
    if (!left.delete(JSON.stringify(itemIdentifier))) {
      throw new InvalidResponseError(`The response names ${describe(itemIdentifier)} twice or without cause`);
    }
  }
}
