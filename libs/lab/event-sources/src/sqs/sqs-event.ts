import { messageIdOf } from './message-id-of.ts';
import { sqsRecord, type SqsRecord } from './sqs-record.ts';

/** Event of Lambda for messages of an SQS queue. */
export interface SqsEvent {
  readonly Records: readonly SqsRecord[];
}

/**
 * Returns an event of an SQS queue as Lambda passes it to a function, without the digests of the bodies.
 *
 * @param messages 1 to 10,000
 * @param body of each message, as JSON
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function sqsEvent(messages: number, body: unknown): SqsEvent {
  return sqsTextEvent(messages, JSON.stringify(body));
}

/** Returns the same event with any text as the body of each message. */
export function sqsTextEvent(messages: number, body: string): SqsEvent {
  return {
    Records: Array.from({ length: messages }, (_, index) =>
      sqsRecord({ messageId: messageIdOf(index), receiptHandle: `receipt-${index}`, body, md5OfBody: '' }),
    ),
  };
}
