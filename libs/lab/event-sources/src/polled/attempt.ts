/** A batch that is to be tried, for the first time or again. */
export interface Attempt<Stored> {
  readonly records: readonly Stored[];
  /** Number of retries of this batch so far. */
  readonly retries: number;
  /** Earliest time of the delivery. */
  readonly notBeforeMs: number;
}
