/** A message to send. */
export interface OutgoingMessage {
  /** Unique in one call of `sendMessages`. */
  readonly id: string;
  readonly body: string;
  /** Message group of a FIFO queue, or key of a record. */
  readonly group: string;
}

/** The reason why a message was not accepted. */
export interface Rejection {
  readonly code: string;
  readonly message: string;
}

/** A message that was not accepted in one attempt. */
export interface FailedMessage extends Rejection {
  readonly id: string;
  /** True if another attempt can succeed. */
  readonly retryable: boolean;
}

/** The limits of a destination. */
export interface Limits {
  /** Messages per request. */
  readonly messages: number;
  /** Bytes per message, including its overhead. */
  readonly messageBytes: number;
  /** Bytes per request. */
  readonly requestBytes: number;
}

/** The event source of a function, as a destination of messages. */
export interface Destination {
  /** A queue's URL, or such as `the stream orders`. */
  readonly place: string;
  /** Such as `SQS`. */
  readonly service: string;
  readonly limits: Limits;
  /** Bytes that are sent in addition to the body of each message. */
  readonly overheadBytes: number;
  /** True if messages have groups or keys. Their batches are sent one after another, to keep the order. */
  readonly grouped: boolean;
  /**
   * Sends a batch within the limits.
   *
   * @returns the messages that were not accepted
   * @throws {LabError} if the request failed
   */
  send(batch: readonly OutgoingMessage[]): Promise<readonly FailedMessage[]>;
}
