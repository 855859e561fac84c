import type { Message } from '../message.ts';

/** What Lambda's event source mapping takes as the answer to a batch. */
export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** A message as a source reads it from a record: with the lane it belongs to, if any. */
export interface SourcedMessage extends Message {
  /** Messages with the same lane are worked on in order; without one, the message is a lane of its own. */
  readonly lane?: string;
}

/** Where batches come from: one file a source, listed in `index.ts`. */
export interface Source {
  /** As people call it. */
  readonly name: string;
  /**
   * Whether records of this origin are this source's.
   *
   * @param eventSource the record's `eventSource`, such as `aws:sqs`
   * @param arn the record's `eventSourceARN`
   */
  delivers(eventSource: string, arn: string): boolean;
  /**
   * Reads one record.
   *
   * @param record an object of this source; everything else about it is to be checked
   * @returns the message
   * @throws {InvalidEventError} when the record lacks what makes it a message
   */
  readMessage(record: object): SourcedMessage;
  /** Whether one batch may hold the same message twice; it is then worked on and reported once. */
  readonly mayRepeat: boolean;
}
