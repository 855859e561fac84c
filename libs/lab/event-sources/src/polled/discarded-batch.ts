import type { DeadLetter, EventSource, InvocationResult } from '../event-source.ts';
import type { PolledRecord } from './polled-record.ts';

/** Records that a source has discarded together. */
export interface DiscardedBatch {
  /** Records of the batch, at least one, in order. */
  readonly records: readonly PolledRecord[];
  readonly reason: Extract<DeadLetter['reason'], 'retries' | 'age'>;
  readonly atMs: number;
  /** Number of tries of the batch in this size. */
  readonly invocations: number;
  /** Result of the last invocation, as passed to `settle`; none for records that were too old. */
  readonly result: InvocationResult | undefined;
}

/** A source that also reports discarded batches, for failure destinations. */
export interface StreamSource<Event extends object = object> extends EventSource<Event> {
  /** Batches in the order in which they were discarded. */
  readonly discarded: readonly DiscardedBatch[];
}
