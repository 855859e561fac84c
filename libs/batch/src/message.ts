/**
 * One record of a batch, in one shape for every source.
 *
 * It is plain data: its own properties, `id`, `text` and `record`, are the sent data. They are the same at every delivery,
 * and copying, cloning, logging, serializing or hashing a message keeps them. `bytes` and `receiveCount` are getters: a
 * copy such as `{ ...message }` does not have them.
 */
export interface Message<SourceRecord = unknown> {
  /**
   * The identifier of the message in its source, unique in its batch. SQS: `messageId`; Kinesis and DynamoDB: the
   * sequence number, with `/0`, `/1`, … after it for the user records of an aggregated record; Kafka: topic, partition and
   * offset, as in `orders-0@42`.
   */
  readonly id: string;
  /**
   * The content of the message as text. SQS: `body`; Kinesis: the data; Kafka: the value, empty where it is null (a
   * tombstone); DynamoDB: JSON of `{ eventName, keys, newImage, oldImage }` in plain values.
   *
   * A message that is not UTF-8 has no text: a copy of it has no such property, and reading it throws.
   *
   * @throws {InvalidMessageError} when the bytes are not UTF-8
   */
  readonly text: string;
  /**
   * The source's own record, with its other properties: attributes, headers, keys. In an SQS record,
   * `receiptHandle` and the receive count can be read but are not enumerable, since they change from delivery to
   * delivery. In a thread the records of the batch come from the main thread when one of them is read first.
   */
  readonly record: SourceRecord;
  /** The content of the message as bytes: as sent if the source accepts bytes, else the text in UTF-8. */
  get bytes(): Uint8Array;
  /**
   * Number of deliveries by the source, including this one (1, 2, …); `undefined` if the source does
   * not count. SQS: `ApproximateReceiveCount`.
   */
  get receiveCount(): number | undefined;
}

/** A message of a batch, as a technique gets it. */
export type BatchMessage = Message;

/**
 * Messages that are processed one after another: their positions in the batch, in order. A message without
 * an order has its own lane.
 */
export type Lane = readonly number[];
