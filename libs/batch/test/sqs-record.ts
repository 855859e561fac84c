/** A record of an SQS standard queue as Lambda delivers it, with what a test wants otherwise. */
export function sqsRecord(messageId: string, otherwise: Readonly<Record<string, unknown>> = {}): object {
  return {
    messageId,
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body: `body of ${messageId}`,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1545082649183',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1545082649185',
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-2:123456789012:orders',
    awsRegion: 'us-east-2',
    ...otherwise,
  };
}
