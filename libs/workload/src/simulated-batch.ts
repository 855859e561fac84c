import type { Simulation } from './read-simulation.ts';

/**
 * An event like those of SQS, of messages that all hold the same and are delivered for the first time. Their
 * identifiers are numbered, so that the same simulation is the same batch each time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function simulatedBatch({ messages, body }: Simulation): { readonly Records: readonly object[] } {
  const text = JSON.stringify(body);
  const awsRegion = process.env.AWS_REGION ?? 'us-east-1';
  const sentAt = String(Date.now());
  const Records = Array.from({ length: messages }, (_, index) => {
    const messageId = `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;
    return {
      messageId,
      receiptHandle: `simulated-${messageId}`,
      body: text,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: sentAt,
        SenderId: 'SIMULATED',
        ApproximateFirstReceiveTimestamp: sentAt,
      },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:${awsRegion}:000000000000:simulated`,
      awsRegion,
    };
  });
  return { Records };
}
