/** A record as a stream or a topic keeps it. */
export interface PolledRecord {
  /** Its message's identifier. */
  readonly id: string;
  readonly arrivedAtMs: number;
  /** Its shard, or its topic and partition: `shardId-000000000000`, `orders-0`. */
  readonly place: string;
  /** Size as JSON in an event. */
  readonly bytes: number;
}
