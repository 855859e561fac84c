import { messageIdOf } from './message-id-of.ts';
import { sqsRecord, type SqsRecord } from './sqs-record.ts';

/** What Lambda invokes a function with for messages of an SQS queue. */
export interface SqsEvent {
  readonly Records: readonly SqsRecord[];
}

/**
 * An event of an SQS queue, as Lambda hands it to a function, without the bodies' digests.
 *
 * @param messages how many, 1 to 10,000
 * @param body of each message: JSON
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function sqsEvent(messages: number, body: unknown): SqsEvent {
  const text = JSON.stringify(body);
  return {
    Records: Array.from({ length: messages }, (_, index) =>
      sqsRecord({
        messageId: messageIdOf(index),
        receiptHandle: `receipt-${index}`,
        body: text,
        md5OfBody: '',
      }),
    ),
  };
}
