import type { BatchRoom } from '../batch-room.ts';

/** Source of a poller's new batches. */
export interface Supply<Stored> {
  /** Takes the next records, as long as the batch has room for them. */
  take(room: BatchRoom): readonly Stored[];
  readonly length: number;
}
