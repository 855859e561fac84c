import type { DeadLetter, EventSource, InvocationResult } from '../event-source.ts';
import type { PolledRecord } from './polled-record.ts';

/** Records that a source has discarded together. */
export interface DiscardedBatch {
  /** At least one, in their order. */
  readonly records: readonly PolledRecord[];
  readonly reason: Extract<DeadLetter['reason'], 'retries' | 'age'>;
  readonly atMs: number;
  /** How often the batch had been tried as it is. */
  readonly invocations: number;
  /** Result of the last invocation, as passed to `settle`; none for records that were too old. */
  readonly result: InvocationResult | undefined;
}

/** A source that tells its dead letters by the batch too, as on-failure destinations do. */
export interface StreamSource<Event extends object = object> extends EventSource<Event> {
  /** In the order in which they were discarded. */
  readonly discarded: readonly DiscardedBatch[];
}
