import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { SqsMapping } from '@parallel-lambda/event-sources/real-time';

import type { ServedFunction } from '../served-function.ts';
import { arnOf } from '../stack/names.ts';
import { queueUrl } from '../stack/referable.ts';

/** A notification in the envelope that a queue receives. */
interface Envelope {
  readonly SigningCertURL: string;
  readonly UnsubscribeURL: string;
  readonly Subject?: string;
  readonly MessageAttributes?: object;
}

/** Surroundings of a subscribed function. */
export interface SubscriptionContext {
  readonly client: SQSClient;
  readonly endpoint: string;
  readonly served: ServedFunction;
  readonly onError: (error: unknown) => void;
}

/**
 * Invokes a function asynchronously with each message of a queue that is subscribed in its place, because the local SNS delivers
 * to queues only.
 *
 * @param name of the queue, which is created
 */
export async function openSubscribedFunction(
  name: string,
  { client, endpoint, served, onError }: SubscriptionContext,
): Promise<SqsMapping> {
  await client.send(new CreateQueueCommand({ QueueName: name }));
  return new SqsMapping({
    client,
    queueUrl: queueUrl(endpoint, name),
    queueArn: arnOf('sqs', name),
    visibilityTimeoutMs: 30_000,
    batchSize: 10,
    windowMs: 0,
    reportBatchItemFailures: false,
    invoke({ Records: records = [] }: { readonly Records?: readonly { readonly body: string }[] }) {
      for (const { body } of records) {
        served.invokeLater(topicEvent(JSON.parse(body) as Envelope)).catch(onError);
      }
      return Promise.resolve({ kind: 'response', payload: {} });
    },
    onError,
  });
}

/**
 * The event of a notification.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
function topicEvent({ SigningCertURL, UnsubscribeURL, ...message }: Envelope): object {
  const { Subject: subject = null, MessageAttributes: attributes = {} } = message;
  const urls = { SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL };
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: new URL(UnsubscribeURL).searchParams.get('SubscriptionArn'),
        Sns: { ...message, ...urls, Subject: subject, MessageAttributes: attributes },
      },
    ],
  };
}
