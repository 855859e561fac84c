import { sqsEvent } from '@parallel-lambda/event-sources';
import { LabError } from '@parallel-lambda/local-lambda';
import type { Workload } from '@parallel-lambda/report';

/** Batches of any size for a search. */
export interface Batches {
  readonly workload: Workload;
  /** The only possible size, if batches cannot be resized. */
  readonly fixedSize?: number;
  of(messages: number): unknown;
}

/** Makes batches of SQS messages with the same body. */
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
 * Makes batches of the messages of an event. Messages of SQS are repeated with other ids until a batch is full. An event
 * of another source is used unchanged, because its order and its ids belong together.
 *
 * @throws {LabError} `usage`, if the file is not an event with `Records`
 */
export function batchesOfEvent(event: unknown, file: string): Batches {
  const records = recordsIn(event);
  if (!records) {
    throw new LabError(
      'usage',
      `${file} is not an event with at least one record in "Records". Use the JSON that Lambda passes to a handler.`,
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
