import { createHash } from 'node:crypto';

/** A message as its sender knows it. */
export interface SentMessage {
  readonly id: string;
  readonly body: string;
  /** How often it has been received, this time included; left out of the record when `undefined`. */
  readonly receiveCount?: number | undefined;
  /** Its message group, which makes the queue of the event a FIFO queue. */
  readonly group?: string | undefined;
}

/**
 * Builds the event that Lambda is invoked with for messages of an SQS queue: of a FIFO queue when the first
 * message has a group.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function sqsEvent(messages: readonly SentMessage[]): { readonly Records: readonly object[] } {
  const queue = messages[0]?.group === undefined ? 'orders' : 'orders.fifo';
  return { Records: messages.map((message, index) => recordOf(message, index, queue)) };
}

function recordOf({ id, body, receiveCount, group }: SentMessage, index: number, queue: string): object {
  return {
    messageId: id,
    receiptHandle: `AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a${index}`,
    body,
    attributes: {
      ...(receiveCount !== undefined && { ApproximateReceiveCount: String(receiveCount) }),
      SentTimestamp: '1545082649183',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1545082649185',
      ...(group !== undefined && {
        MessageGroupId: group,
        SequenceNumber: String(18_849_496_460_467_696_128n + BigInt(index)),
        MessageDeduplicationId: `${group}-${index}`,
      }),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-2:123456789012:${queue}`,
    awsRegion: 'us-east-2',
  };
}
