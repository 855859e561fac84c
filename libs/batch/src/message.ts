/** One record of a batch, in one shape whatever its source. */
export interface Message<SourceRecord = unknown> {
  /**
   * What the source calls it, unique in its batch. SQS: `messageId`; Kinesis and DynamoDB: the sequence number;
   * Kafka: topic, partition and offset, as in `orders-0@42`.
   */
  readonly id: string;
  /**
   * What the sender sent, as text. SQS: `body`; Kinesis: the data; Kafka: the value, empty where it is null (a
   * tombstone); DynamoDB: the new image's `body` attribute, or without one the whole image, or without an image (a
   * removal, a stream of keys only) the item's keys, both in DynamoDB JSON. Decoded when it is read.
   * @throws {InvalidMessageError} when the bytes are not UTF-8, which `bytes` still gives
   */
  readonly text: string;
  /** The same as bytes: as they were sent where the source takes bytes, else the text in UTF-8. */
  readonly bytes: Uint8Array;
  /**
   * How often the source has delivered it, this time included (1, 2, …); `undefined` where the source does
   * not count. SQS: `ApproximateReceiveCount`.
   */
  readonly receiveCount: number | undefined;
  /**
   * The source's own record, with everything else there is: attributes, headers, keys. In a thread the records of the
   * batch come from the main thread when one of them is read for the first time.
   */
  readonly record: SourceRecord;
}

/** A message of a batch, as a technique gets it. */
export interface BatchMessage extends Message {
  /** Why it must fail without being worked on, if it must. */
  readonly refusal?: string | undefined;
}

/**
 * Messages that are worked on one after another: their positions in the batch, in order. A message without
 * an order is a lane of its own.
 */
export type Lane = readonly number[];
