/** A message of a batch that is delivered to the function under check. */
export interface TestMessage {
  /** The identifier by which a response reports it, as text. */
  readonly key: string;
  /** Its FIFO group, partition key or partition: its messages are to be processed in order. */
  readonly lane: string | undefined;
  /** Texts by which a call is recognized as one of this message. */
  readonly tokens: readonly string[];
  /** The record, as AWS sends it. */
  readonly record: object;
}

/** The sources of batches. */
export const sourceNames = ['sqs', 'sqs-fifo', 'kinesis', 'dynamodb', 'kafka'] as const;

export type SourceName = (typeof sourceNames)[number];
