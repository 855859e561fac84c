import type { Batch } from './batch.ts';
import { describe } from './describe.ts';
import { InvalidResponseError, PartialFailureError } from './errors.ts';
import type { Outcome } from './outcome.ts';
import type { Fate } from './redelivery.ts';
import type { BatchResponse } from './sources/source.ts';

/**
 * Creates the partial batch response: it lists every message whose success is not proven or, if the source keeps a
 * checkpoint, the first of these messages. Messages that share an identifier are listed once.
 *
 * @param outcomes one per message, in the order of the batch; a missing or unknown one counts as unfinished
 * @param fates results of `redelivery`: parked messages are not listed
 * @throws {InvalidResponseError} when there are more outcomes than messages
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export function respond(
  { messages, source }: Batch,
  outcomes: readonly Outcome[],
  fates: readonly (Fate | undefined)[] = [],
): BatchResponse {
  if (!Array.isArray(outcomes) || outcomes.length > messages.length) {
    throw new InvalidResponseError(
      `A technique must give one outcome per message, not ${describe(outcomes)}`,
    );
  }
  const ended: readonly (Outcome | undefined)[] = outcomes;
  const failures = messages.filter(
    (_, position) => ended[position]?.status !== 'succeeded' && fates[position] !== 'parked',
  );
  const reported = source.checkpoint ? failures.slice(0, 1) : failures;
  return { batchItemFailures: reported.map((message) => ({ itemIdentifier: source.identify(message) })) };
}

/**
 * Throws where the source would ignore the response that names the messages which did not succeed.
 *
 * @throws {PartialFailureError} when one did not succeed, and the source only redelivers whole batches
 */
export function checkWholeBatch({ messages, source }: Batch, { batchItemFailures }: BatchResponse): void {
  if (!source.wholeBatch || batchItemFailures.length === 0) return;
  throw new PartialFailureError(
    `${batchItemFailures.length} of ${messages.length} messages did not succeed, and ${source.name} only retries whole batches`,
  );
}

/**
 * Checks a response against its batch, since SQS takes one unknown identifier for a failure of the whole batch.
 *
 * @throws {InvalidResponseError} when an identifier is not of this batch, is empty or repeated
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
