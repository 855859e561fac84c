import { LabError } from '@parallel-lambda/local-lambda';

import type { EventSource, StackFunction } from '../stack.ts';
import type { Destination } from './destination.ts';

/**
 * Returns the event source of a function as a destination. Each kind loads its own AWS client.
 *
 * @throws {LabError} `failure`, if messages cannot be sent there
 */
export async function destinationOf({
  name,
  source,
}: Pick<StackFunction, 'name' | 'source'>): Promise<Destination> {
  switch (source?.kind) {
    case 'queue': {
      const { QueueDestination } = await import('./destinations/queue.ts');
      return new QueueDestination(source.queueUrl, name);
    }
    case 'kinesis': {
      const { StreamDestination } = await import('./destinations/stream.ts');
      return new StreamDestination(source.streamName);
    }
    case 'dynamodb': {
      const { TableDestination } = await import('./destinations/table.ts');
      return TableDestination.open(source.tableName);
    }
    case 'sns': {
      const { SnsDestination } = await import('./destinations/sns.ts');
      return new SnsDestination(source.topicArn);
    }
    case 'kafka':
      return topicDestination(name, source);
    default:
      throw new LabError(
        'failure',
        `The stack has no queue, stream, table or topic from which ${name} receives messages. Use invoke, or send to another one.`,
      );
  }
}

async function topicDestination(
  name: string,
  { topic, consumerGroup }: Extract<EventSource, { readonly kind: 'kafka' }>,
): Promise<Destination> {
  if (topic === undefined) {
    throw new LabError('failure', `The outputs of the stack have no topic of ${name}. Deploy it again.`);
  }
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (endpoint) {
    const { TopicDestination } = await import('./destinations/topic.ts');
    return new TopicDestination(topic, endpoint);
  }
  const group = consumerGroup === undefined ? '' : ` with the consumer group ${consumerGroup}`;
  throw new LabError(
    'failure',
    `${name} reads the topic ${topic}${group}, and the lab does not support the Kafka protocol. ` +
      `Use a Kafka client, such as kafka-console-producer.sh --topic ${topic} --bootstrap-server BROKERS; ` +
      'aws kafka get-bootstrap-brokers lists the brokers.',
  );
}
