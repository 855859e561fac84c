import { randomUUID } from 'node:crypto';

import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';

/** A message of a batch, and what of the batch's limit it takes. */
export type Entry = SendMessageBatchRequestEntry & { readonly Id: string };

/** What is to be sent. */
export interface EntriesPlan {
  readonly messages: number;
  /** The text of each. */
  readonly body: string;
  /** Message groups that a FIFO queue's messages belong to, in turn; `undefined` of a standard queue. */
  readonly groups: number | undefined;
}

/**
 * The most of a message and of a batch, in bytes.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export const largestBatch = 1_048_576;

const mostEntries = 10;

/**
 * Batches as large as SQS takes them: ten messages, or 1 MiB. The messages of one call bear an id of their own, so
 * that a message that is sent twice, since nobody knows whether it was taken, comes once from a FIFO queue.
 */
export function* batchesOf({ messages, body, groups }: EntriesPlan): Generator<readonly Entry[]> {
  const run = randomUUID();
  const size = Math.max(1, Math.min(mostEntries, Math.floor(largestBatch / Buffer.byteLength(body))));
  for (let first = 0; first < messages; first += size) {
    yield Array.from({ length: Math.min(size, messages - first) }, (_, index) => {
      const Id = String(first + index);
      if (groups === undefined) return { Id, MessageBody: body };
      return {
        Id,
        MessageBody: body,
        MessageGroupId: `group-${(first + index) % groups}`,
        MessageDeduplicationId: `${run}-${Id}`,
      };
    });
  }
}
