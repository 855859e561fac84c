import type { DeadLetter, EventSource, InvocationResult } from '../event-source.ts';
import type { PolledRecord } from './polled-record.ts';

/** Records that a source has given up together. */
export interface DiscardedBatch {
  /** At least one, in their order. */
  readonly records: readonly PolledRecord[];
  readonly reason: Extract<DeadLetter['reason'], 'retries' | 'age'>;
  readonly atMs: number;
  /** How often the batch had been tried as it is. */
  readonly invocations: number;
  /** What the last of them came to, as `settle` was told; none of records that had become too old. */
  readonly result: InvocationResult | undefined;
}

/** A source that tells its dead letters by the batch too, as on-failure destinations do. */
export interface StreamSource<Event extends object = object> extends EventSource<Event> {
  /** In the order in which they were given up. */
  readonly discarded: readonly DiscardedBatch[];
}
