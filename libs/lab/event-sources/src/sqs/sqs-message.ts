import type { SqsRecordFields } from './sqs-record.ts';

/** A message as its queue keeps it. */
export interface SqsMessage {
  readonly fields: SqsRecordFields;
  /** Empty in a standard queue. */
  readonly group: string;
  /** Of its record as JSON. */
  readonly bytes: number;
  receives: number;
  firstReceivedAtMs: number | undefined;
}
