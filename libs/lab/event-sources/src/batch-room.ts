/** Bytes of the largest event that a function is invoked with. */
const maximumEventBytes = 6_291_456;

/** Bytes of `{"Records":[]}` and the like around the records. */
const envelopeBytes = 1024;

/**
 * The room of one batch: its size, and the 6 MB of an invocation's payload.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export class BatchRoom {
  #messages: number;
  #bytes = maximumEventBytes - envelopeBytes;
  #empty = true;

  /** @param batchSize how many messages the batch may hold, at least 1 */
  constructor(batchSize: number) {
    this.#messages = batchSize;
  }

  /** True if it is full. */
  get isFull(): boolean {
    return this.#messages === 0;
  }

  /**
   * Takes a message in, if there is room for it. The first is always taken, or it would block its source.
   *
   * @param bytes of the message's record as JSON
   */
  takes(bytes: number): boolean {
    if (this.#messages === 0 || (bytes > this.#bytes && !this.#empty)) return false;
    this.#messages -= 1;
    this.#bytes -= bytes + 1;
    this.#empty = false;
    return true;
  }
}
