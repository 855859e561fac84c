import { contextOf } from '@parallel-lambda/batch/technique';
import { work } from '@parallel-lambda/workload';

/** What the peers read of an SQS record. */
export interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

export interface SqsEvent {
  readonly Records: readonly SqsRecord[];
}

export interface SqsResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

const context = contextOf({}, new AbortController().signal);

const noBytes = new Uint8Array();

/** The same work that our functions do, for a peer that has neither deadline nor context. */
export async function workOn({ messageId: id, body: text, attributes }: SqsRecord): Promise<void> {
  const receiveCount = Number(attributes.ApproximateReceiveCount);
  await work({ id, text, bytes: noBytes, receiveCount, record: undefined }, context);
}

/**
 * What a function around a peer does by hand: an error is its message's, and the response names it. No deadline, no
 * order, no check of the event or the response.
 */
export async function respondTo(
  { Records: records }: SqsEvent,
  workOnAll: (
    records: readonly SqsRecord[],
    attempt: (record: SqsRecord) => Promise<void>,
  ) => Promise<unknown>,
  workOnOne: (record: SqsRecord) => Promise<unknown> = workOn,
): Promise<SqsResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  await workOnAll(records, async (record) => {
    try {
      await workOnOne(record);
    } catch {
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  });
  return { batchItemFailures };
}
