/** A record as a stream or a topic keeps it. */
export interface PolledRecord {
  /** Its message's identifier. */
  readonly id: string;
  readonly arrivedAtMs: number;
  /** As JSON in an event. */
  readonly bytes: number;
}
