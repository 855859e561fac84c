/**
 * An event source with its event source mapping, as a state machine. It turns messages into batches, and the result of
 * a batch decides the redeliveries. It has no timer, clock or randomness: the caller passes the time, which never
 * goes backwards, so the same state machine runs on a virtual clock and in real time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export interface EventSource<Event extends object = object> {
  /**
   * Returns the next batch to invoke a function with. Call it until it returns nothing. The caller limits the number of
   * batches in flight.
   *
   * @param nowMs the time, in milliseconds
   * @returns `undefined` if there is no batch until one is settled or until {@link wakeAtMs}
   */
  next(nowMs: number): Delivery<Event> | undefined;
  /**
   * Records the result of a batch, once per delivery.
   *
   * @returns the number of messages that did not succeed: they are redelivered or discarded
   * @throws {Error} if the delivery belongs to another source or is settled already
   */
  settle(delivery: Delivery<Event>, result: InvocationResult, nowMs: number): number;
  /** Time of the next batch if nothing is settled before, in milliseconds. Read it after `next` returned nothing. */
  readonly wakeAtMs: number | undefined;
  /** True if every message is finished or a dead letter. */
  readonly done: boolean;
  /** Messages that the source discarded, in order: in the dead-letter queue or at the on-failure destination. */
  readonly deadLetters: readonly DeadLetter[];
  /** Number of deliveries by message identifier. */
  readonly deliveries: ReadonlyMap<string, number>;
}

/** A batch on its way to a function. */
export interface Delivery<Event extends object = object> {
  /** The event as AWS sends it: a new object for each delivery, so a function may change it. */
  readonly event: Event;
  /** The identifiers that sending gave these messages, in the order of the batch. */
  readonly messageIds: readonly string[];
}

/** Result of an invocation, as its event source mapping sees it. */
export type InvocationResult =
  | { readonly kind: 'response'; readonly payload: unknown }
  /** The function threw, or its process ended. */
  | { readonly kind: 'error' }
  | { readonly kind: 'timeout' }
  /** The environment was lost, with or without finished work. */
  | { readonly kind: 'killed' };

/** A message that the source has discarded. */
export interface DeadLetter {
  readonly messageId: string;
  /** Too many receives (SQS), no retries left, or too old (Kinesis, DynamoDB Streams, Kafka). */
  readonly reason: 'receives' | 'retries' | 'age';
  readonly atMs: number;
}
