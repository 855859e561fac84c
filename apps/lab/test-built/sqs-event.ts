/** A message as its sender knows it. */
export interface SentMessage {
  readonly id: string;
  /** Its text, or the steps that become its text. */
  readonly body: unknown;
  /** Its message group, which makes the queue of the event a FIFO queue. */
  readonly group?: string;
}

/**
 * The event that Lambda is invoked with for messages of an SQS queue.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function sqsEvent(messages: readonly SentMessage[]): { readonly Records: readonly object[] } {
  const queue = messages.some(({ group }) => group !== undefined) ? 'orders.fifo' : 'orders';
  const Records = messages.map(({ id, body, group }) => ({
    messageId: id,
    receiptHandle: `receipt-${id}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1545082649183',
      ...(group !== undefined && { MessageGroupId: group }),
    },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${queue}`,
    awsRegion: 'us-east-1',
  }));
  return { Records };
}
