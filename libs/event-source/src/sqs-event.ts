/**
 * An event of an SQS queue, as Lambda hands it to a function.
 *
 * @param messages how many, 1 to 10,000
 * @param body of each message: JSON
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function sqsEvent(messages: number, body: unknown) {
  const text = JSON.stringify(body);
  return {
    Records: Array.from({ length: messages }, (_, index) => ({
      messageId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      receiptHandle: `receipt-${index}`,
      body: text,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '1545082649183',
        SenderId: 'AIDAIENQZJOLO23YVJ4VO',
        ApproximateFirstReceiveTimestamp: '1545082649185',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:lab',
      awsRegion: 'us-east-1',
    })),
  };
}
