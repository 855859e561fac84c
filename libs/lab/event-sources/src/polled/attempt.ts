/** A batch that is to be tried, for the first time or again. */
export interface Attempt<Stored> {
  readonly records: readonly Stored[];
  /** How many retries this batch has behind it. */
  readonly retries: number;
  /** Not handed out earlier. */
  readonly notBeforeMs: number;
}
