/** A message that is to be sent. */
export interface OutgoingMessage {
  /** Its own within this run. */
  readonly id: string;
  readonly body: string;
  /** The lane it belongs to: a FIFO queue's message group, a record's key. */
  readonly group: string;
}

/** A message that was not taken, and why. */
export interface Refused {
  readonly code: string;
  readonly message: string;
}

/** A message of a batch that was not taken this time. */
export interface NotTaken extends Refused {
  readonly id: string;
  /** Whether it may be taken another time: it was refused by no fault of ours. */
  readonly again: boolean;
}

/** The most that a destination takes. */
export interface Limits {
  /** Messages a request. */
  readonly messages: number;
  /** Bytes of one message, with what is sent beside its body. */
  readonly messageBytes: number;
  /** Bytes of all messages of a request. */
  readonly requestBytes: number;
}

/** Where a function's messages are sent, whatever its source is. */
export interface Destination {
  /** Where it is, for a person: a queue's URL, `the stream orders`. */
  readonly place: string;
  /** Who takes the messages, in a sentence: `SQS`. */
  readonly service: string;
  readonly limits: Limits;
  /** Bytes that are sent beside the body of each message. */
  readonly extraBytes: number;
  /** Whether messages have lanes, so that `--groups` says something, and batches follow one another. */
  readonly grouped: boolean;
  /**
   * Sends a batch within the limits.
   *
   * @returns those that were not taken
   * @throws {LabError} when the request as a whole was not
   */
  send(batch: readonly OutgoingMessage[]): Promise<readonly NotTaken[]>;
}
