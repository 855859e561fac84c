/**
 * An event source with its event source mapping, as a state machine: what is sent to it comes out as batches, and
 * what became of a batch decides what comes again. It has no timers, no clock and no randomness of its own: time is
 * given from outside, never going backwards, so the same machine runs on a virtual clock and in real time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export interface EventSource<Event extends object = object> {
  /**
   * The next batch to invoke a function with. Call it again until it gives nothing; how many batches are in flight
   * at a time is for the caller to bound.
   *
   * @param nowMs the time, in milliseconds
   * @returns nothing when no batch can be had until one is settled, or until {@link wakeAtMs}
   */
  next(nowMs: number): Delivery<Event> | undefined;
  /**
   * Says what became of a batch: once for each delivery.
   *
   * @returns how many of its messages are not done: they come again, or have been given up
   * @throws {Error} when the delivery is not this source's, or has been settled
   */
  settle(delivery: Delivery<Event>, result: InvocationResult, nowMs: number): number;
  /** When the source wants to be asked again though nothing is settled; to be read after `next` gave nothing. */
  readonly wakeAtMs: number | undefined;
  /** Whether every message is done or a dead letter. */
  readonly done: boolean;
  /** What the source has given up, in that order: in the dead-letter queue or at the on-failure destination. */
  readonly deadLetters: readonly DeadLetter[];
  /** How often each message has been delivered, by its identifier. */
  readonly deliveries: ReadonlyMap<string, number>;
}

/** A batch on its way to a function. */
export interface Delivery<Event extends object = object> {
  /** As AWS sends it; made anew for each delivery, so it may be changed without harm to the source. */
  readonly event: Event;
  /** The identifiers that sending gave these messages, in the order of the batch. */
  readonly messageIds: readonly string[];
}

/** What became of an invocation, as its event source mapping sees it. */
export type InvocationResult =
  | { readonly kind: 'response'; readonly payload: unknown }
  /** The function threw, or its process ended. */
  | { readonly kind: 'error' }
  | { readonly kind: 'timeout' }
  /** The environment was lost, whatever work it had done. */
  | { readonly kind: 'killed' };

/** A message that the source has given up. */
export interface DeadLetter {
  readonly messageId: string;
  /** Too many receives (SQS), no retries left, or too old (Kinesis, DynamoDB Streams, Kafka). */
  readonly reason: 'receives' | 'retries' | 'age';
  readonly atMs: number;
}
