import { sqsRecord } from './sqs-record.ts';

/** A record of an SQS FIFO queue as Lambda delivers it, with what a test wants otherwise. */
export function sqsFifoRecord(
  messageId: string,
  group: string,
  otherwise: Readonly<Record<string, unknown>> = {},
): object {
  return sqsRecord(messageId, {
    attributes: {
      ApproximateReceiveCount: '1',
      SequenceNumber: '18849496460467696128',
      MessageGroupId: group,
      MessageDeduplicationId: messageId,
    },
    eventSourceARN: 'arn:aws:sqs:us-east-2:123456789012:orders.fifo',
    ...otherwise,
  });
}
