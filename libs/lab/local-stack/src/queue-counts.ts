import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Numbers of messages of a queue; undefined for an unknown queue. */
export interface QueueCounts {
  readonly waiting?: number;
  /** Received, and neither deleted nor visible again. */
  readonly inFlight?: number;
  readonly deadLetters?: number;
  readonly parked?: number;
}

/** Counts the messages of a queue, of its dead-letter queue and of its parking queue. */
export async function queueCounts(
  client: SQSClient,
  urls: {
    readonly queueUrl?: string | undefined;
    readonly deadLetterQueueUrl?: string | undefined;
    readonly parkingQueueUrl?: string | undefined;
  },
): Promise<QueueCounts> {
  const [queue, deadLetters, parked] = await Promise.all([
    count(client, urls.queueUrl),
    count(client, urls.deadLetterQueueUrl),
    count(client, urls.parkingQueueUrl),
  ]);
  return {
    ...(queue && { waiting: queue.visible, inFlight: queue.hidden }),
    ...(deadLetters && { deadLetters: deadLetters.visible + deadLetters.hidden }),
    ...(parked && { parked: parked.visible + parked.hidden }),
  };
}

async function count(
  client: SQSClient,
  url: string | undefined,
): Promise<{ readonly visible: number; readonly hidden: number } | undefined> {
  if (url === undefined) return undefined;
  const command = new GetQueueAttributesCommand({
    QueueUrl: url,
    AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
  });
  const { Attributes = {} } = await client.send(command);
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages),
    hidden: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
  };
}
