import type { SqsRecordFields } from './sqs-record.ts';

/** A message as its queue keeps it. */
export interface SqsMessage {
  readonly fields: SqsRecordFields;
  /** Its position among all messages that were sent, from 0. */
  readonly place: number;
  /** Empty in a standard queue. */
  readonly group: string;
  /** Bytes of its record as JSON. */
  readonly bytes: number;
  receives: number;
  /** Time at which it becomes visible, if it is in flight: received, and neither deleted nor visible again. */
  visibleAtMs: number | undefined;
  firstReceivedAtMs: number | undefined;
}
