import { createHash } from 'node:crypto';

/** Fields of a record that tests choose. The others are as in AWS's example events. */
export interface SqsRecordFields {
  readonly messageId: string;
  readonly body: string;
  /** @default 'receipt-' and the message's identifier */
  readonly receiptHandle?: string;
  /** Number of receives of the message, including this one. @default 1 */
  readonly receiveCount?: number;
  /** Milliseconds since 1970. @default 1545082649183 */
  readonly sentAtMs?: number;
  /** Milliseconds since 1970. @default 1545082649185 */
  readonly firstReceivedAtMs?: number;
  /** A FIFO queue's messages have one, a standard queue's may. */
  readonly messageGroupId?: string;
  /** Sequence number of a FIFO queue's message: 20 digits. @default '18849496460467696128' */
  readonly sequenceNumber?: string;
  /** @default the digest of the body */
  readonly md5OfBody?: string;
  /** The queue's name. @default 'lab', and 'lab.fifo' with a message group */
  readonly queueName?: string;
}

/** A record of an SQS event. */
export type SqsRecord = ReturnType<typeof sqsRecord>;

/**
 * A message of an SQS queue as Lambda passes it to a function: of a FIFO queue when the queue's name ends
 * in `.fifo`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function sqsRecord(fields: SqsRecordFields) {
  const { messageId, body, messageGroupId } = fields;
  const queueName = fields.queueName ?? (messageGroupId === undefined ? 'lab' : 'lab.fifo');
  return {
    messageId,
    receiptHandle: fields.receiptHandle ?? `receipt-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(fields.receiveCount ?? 1),
      SentTimestamp: String(fields.sentAtMs ?? 1545082649183),
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: String(fields.firstReceivedAtMs ?? 1545082649185),
      ...(messageGroupId !== undefined && { MessageGroupId: messageGroupId }),
      ...(queueName.endsWith('.fifo') && {
        SequenceNumber: fields.sequenceNumber ?? '18849496460467696128',
        MessageDeduplicationId: messageId,
      }),
    },
    messageAttributes: {},
    md5OfBody: fields.md5OfBody ?? createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${queueName}`,
    awsRegion: 'us-east-1',
  };
}
