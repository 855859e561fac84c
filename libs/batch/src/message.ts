/** One record of a batch, in one shape whatever its source. */
export interface Message {
  /** What the source calls it; SQS: `messageId`. Unique in its batch. */
  readonly id: string;
  /** What the sender sent; SQS: `body`. */
  readonly text: string;
  /**
   * How often the source has delivered it, this time included (1, 2, …); `undefined` where the source does
   * not count. SQS: `ApproximateReceiveCount`.
   */
  readonly receiveCount: number | undefined;
}

/**
 * Messages that are worked on one after another: their positions in the batch, in order. A message without
 * an order is a lane of its own.
 */
export type Lane = readonly number[];
