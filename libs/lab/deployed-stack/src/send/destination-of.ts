import type { DeployedSource, DeployedTechnique } from '../deployed-stack.ts';
import { LabError } from '@parallel-lambda/local-lambda';
import type { Destination } from './destination.ts';

/**
 * Where a technique's messages are sent. Each kind loads its client of the SDK when it is asked for.
 *
 * @throws {LabError} `failure`, when nothing can be sent there, and what can be done instead
 */
export async function destinationOf({ name, source }: DeployedTechnique): Promise<Destination> {
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
      return new TableDestination(source.tableName);
    }
    case 'kafka':
      return topicDestination(name, source);
    default:
      throw new LabError('failure', `The outputs of the stack name no source of ${name} to send to.`);
  }
}

async function topicDestination(
  name: string,
  { topic, consumerGroup }: Extract<DeployedSource, { readonly kind: 'kafka' }>,
): Promise<Destination> {
  if (topic === undefined) {
    throw new LabError(
      'failure',
      `The outputs of the stack name no topic that ${name} reads: deploy it again (npx nx deploy infra).`,
    );
  }
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (endpoint) {
    const { TopicDestination } = await import('./destinations/topic.ts');
    return new TopicDestination(topic, endpoint);
  }
  throw new LabError(
    'failure',
    `${name} reads the topic ${topic} as ${consumerGroup}, and Kafka takes records over its own protocol alone: ` +
      `send them with a client of Kafka, such as kafka-console-producer.sh --topic ${topic} --bootstrap-server ` +
      'with the brokers that aws kafka get-bootstrap-brokers tells.',
  );
}
