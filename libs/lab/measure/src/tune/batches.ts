import { sqsEvent } from '@parallel-lambda/event-sources';
import { LocalLambdaError } from '@parallel-lambda/local-lambda';
import type { Workload } from '@parallel-lambda/report';

/** Where the messages of a tuning come from. */
export interface Batches {
  readonly workload: Workload;
  /** The only size there is, where batches cannot be made of other sizes. */
  readonly fixedSize?: number;
  /** An event of so many messages. */
  of(messages: number): unknown;
}

/** Messages of a queue that all hold the same. */
export function batchesOfBody(body: unknown): Batches {
  return {
    workload: { name: 'your messages', body },
    of: (messages) => sqsEvent(messages, body),
  };
}

interface QueueRecord {
  readonly messageId: string;
  readonly eventSource?: unknown;
}

/**
 * Batches of real messages: those of an SQS event, again and again with other identifiers, until a batch is full. Of other
 * sources the event is taken as it is, since its order and its identifiers hang together.
 *
 * @throws {LocalLambdaError} `event`, when the file is not an event with `Records`
 */
export function batchesOfEvent(event: unknown, file: string): Batches {
  const records = recordsIn(event);
  if (!records) {
    throw new LocalLambdaError(
      'event',
      `${file} is no event with Records, at least one: nothing can be tuned by it`,
    );
  }
  const workload = { name: `the messages of ${file}` };
  const isQueue = records.every(
    (record): record is QueueRecord =>
      typeof record === 'object' && record !== null && 'messageId' in record && 'body' in record,
  );
  if (!isQueue) return { workload, fixedSize: records.length, of: () => event };
  return {
    workload,
    of: (messages) => ({
      Records: Array.from({ length: messages }, (_, index) => {
        const record = records[index % records.length];
        return { ...record, messageId: `${record?.messageId ?? ''}-${Math.floor(index / records.length)}` };
      }),
    }),
  };
}

function recordsIn(event: unknown): readonly unknown[] | undefined {
  const { Records: records } = (event ?? {}) as { readonly Records?: unknown };
  return Array.isArray(records) && records.length > 0 ? records : undefined;
}
