import type { Message } from '../message.ts';

/** How Kafka identifies a record in a response. */
export interface KafkaIdentifier {
  /** Topic and partition, as in `orders-0`. */
  readonly partition: string;
  readonly offset: number;
}

/**
 * The response to a batch: the messages that the source must redeliver. Its arrays can be changed, so that it is assignable
 * to the types of `@types/aws-lambda`.
 */
export interface BatchResponse<Identifier = string | KafkaIdentifier> {
  batchItemFailures: { itemIdentifier: Identifier }[];
}

/** How an event is read, where a source leaves a choice. */
export interface ReadOptions {
  /**
   * What makes a lane of Kafka's records: their partition, or their key within it. By key, records of one partition are
   * worked on in parallel and a failure holds up its own key alone; but only a partition is an order that
   * Kafka knows.
   * @default 'partition'
   */
  readonly kafkaLanes?: 'partition' | 'key';
}

/** What makes a message of a record. */
export interface RecordHead {
  /** The message's `id`. */
  readonly id: string;
  readonly receiveCount?: number | undefined;
  /** Messages with the same lane are worked on in order; without one, the message is a lane of its own. */
  readonly lane?: string | undefined;
}

/** Where batches come from: one file a source, listed in `index.ts`. */
export interface Source {
  /** As people call it. */
  readonly name: string;
  /**
   * Whether records of this origin are this source's.
   *
   * @param eventSource such as `aws:sqs`
   * @param arn the event source's ARN
   */
  delivers(eventSource: string, arn: string): boolean;
  /**
   * Reads one record.
   *
   * @param record an object of this source; everything else about it is to be checked
   * @throws {InvalidEventError} when the record lacks what makes it a message
   */
  readHead(record: object, options: ReadOptions): RecordHead;
  /** What was sent, as a record that was read has it: cheap, since it is asked of every record. */
  content(record: object): string;
  /** What `content` is: the text itself, or its bytes. */
  readonly encoding: 'text' | 'base64';
  /** Why a message of this content must fail without being worked on, if it must. */
  refuse?(content: string): string | undefined;
  /** Whether one batch may hold the same message twice; it is then worked on and reported once. */
  readonly mayRepeat: boolean;
  /**
   * Whether a response names one checkpoint, which and after which everything comes again: then no message is started
   * after one that failed, for it would be done twice.
   */
  readonly checkpoint: boolean;
  /** What a response calls a message. */
  identify(message: Message): string | KafkaIdentifier;
}
