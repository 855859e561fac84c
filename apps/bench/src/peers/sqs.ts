import { contextOf } from '@parallel-lambda/batch/technique';
import { work } from '@parallel-lambda/workload';

/** The fields of an SQS record that the peers read. */
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

/** Does the same work as our functions, without a deadline. */
export async function workOn({ messageId: id, body: text, attributes }: SqsRecord): Promise<void> {
  const receiveCount = Number(attributes.ApproximateReceiveCount);
  await work({ id, text, bytes: noBytes, receiveCount, record: undefined }, context);
}

/**
 * Processes a batch with a peer, and reports failed messages. There is no deadline, no order, and no check of the event
 * or the response.
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
