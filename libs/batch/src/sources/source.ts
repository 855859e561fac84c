import type { Message } from '../message.ts';

/** Identifier of a Kafka record in a response. */
export interface KafkaIdentifier {
  /** Topic and partition, as in `orders-0`. */
  readonly partition: string;
  /** The offset of the record in its partition. */
  readonly offset: number;
}

/**
 * The response to a batch: the messages that the source must redeliver. Its arrays are mutable, so that it is assignable
 * to the types of `@types/aws-lambda`.
 */
export interface BatchResponse<Identifier = string | KafkaIdentifier> {
  /** The messages that did not succeed, as their source identifies them. */
  batchItemFailures: { itemIdentifier: Identifier }[];
}

/** Options for reading an event. */
export interface ReadOptions {
  /**
   * The lanes of Kafka records: one per partition, or one per key within a partition. By key, the records of a partition
   * are processed in parallel, and a failure delays only its key. Kafka guarantees the order of a partition only.
   * @default 'partition'
   */
  readonly kafkaLanes?: 'partition' | 'key';
}

/** The parts of a record that identify its message. */
export interface RecordHead {
  /** The message's `id`. */
  readonly id: string;
  readonly receiveCount?: number | undefined;
  /** Messages with the same lane are processed in order; without one, the message has its own lane. */
  readonly lane?: string | undefined;
}

/** A source of batches: one file per source, listed in `index.ts`. */
export interface Source {
  /** The name in logs and errors. */
  readonly name: string;
  /**
   * Returns whether records of this origin are this source's.
   *
   * @param eventSource such as `aws:sqs`
   * @param arn the event source's ARN; empty where there is none
   */
  delivers(eventSource: string, arn: string): boolean;
  /**
   * Returns the records in the order in which they are processed, one per message: user records in place of aggregated
   * ones. `readHead` finds other faults of the records.
   */
  arrange?(records: readonly object[]): readonly object[];
  /**
   * Reads one record.
   *
   * @param record an object of this source; everything else must be checked
   * @throws {InvalidEventError} when the record lacks a required property
   */
  readHead(record: object, options: ReadOptions): RecordHead;
  /** Returns the content of a record that was read. */
  content(record: object): string;
  /** States whether `content` is the text itself or its bytes in base64. */
  readonly encoding: 'text' | 'base64';
  /**
   * Returns the record as `work` reads it: without enumerable properties that change from delivery to delivery.
   *
   * @default the record itself
   */
  view?(record: object): object;
  /**
   * True if one batch may hold the same message twice; it is then processed and reported once.
   *
   * @default false
   */
  readonly mayRepeat?: boolean;
  /**
   * True if a response has one checkpoint, from which everything is redelivered. No message is started after a failure,
   * because it would be processed twice.
   */
  readonly checkpoint: boolean;
  /**
   * True if the source ignores partial responses: a batch with a message that did not succeed must fail as a whole.
   *
   * @default false
   */
  readonly wholeBatch?: boolean;
  /** Returns the identifier of a message in a response. Messages of one aggregated record share it. */
  identify(message: Message): string | KafkaIdentifier;
}
