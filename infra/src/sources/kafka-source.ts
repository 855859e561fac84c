import { createHash } from 'node:crypto';

import { BatchSource } from '@parallel-lambda/cdk';
import { Duration, Stack } from 'aws-cdk-lib';
import { EventRecordFormat, KafkaSchemaValidationAttribute } from 'aws-cdk-lib/aws-lambda';
import { GlueSchemaRegistry } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';

import { SettingsError } from '../settings/read-values.ts';
import type { KafkaSettings, Settings } from '../settings/settings.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import type { SourceResources } from './source.ts';

/**
 * Reads a topic of an existing MSK cluster, each technique with its own consumer group.
 *
 * @throws {SettingsError} if the topic is missing
 */
export function kafkaSource(scope: Construct, settings: Settings): SourceResources {
  const { clusterArn, topic, schemaRegistry } = topicOf(settings.kafka);
  // A mapping keeps its topic, and its group must be unique: another topic or cluster is another group.
  const hash = createHash('sha256').update(`${clusterArn}/${topic}`).digest('hex').slice(0, 8);
  const consumerGroup = `${Stack.of(scope).stackName}-${scope.node.id}-${hash}`;
  const source = BatchSource.kafka({
    clusterArn,
    topic,
    consumerGroup,
    batchSize: settings.batchSize,
    maxBatchingWindow: Duration.seconds(settings.window),
    ...(schemaRegistry !== undefined && { schemaRegistryConfig: decodedBy(schemaRegistry) }),
    ...(settings.pollers && { pollers: settings.pollers }),
    deadLetterQueue: deadLetterQueue(scope, settings),
  });
  return { source, outputs: { ConsumerGroup: consumerGroup, Topic: topic } };
}

/** Lambda validates and decodes values before it invokes the function, which receives JSON. */
function decodedBy(schemaRegistryArn: string): GlueSchemaRegistry {
  return new GlueSchemaRegistry({
    schemaRegistryArn,
    eventRecordFormat: EventRecordFormat.JSON,
    schemaValidationConfigs: [{ attribute: KafkaSchemaValidationAttribute.VALUE }],
  });
}

function topicOf(kafka: KafkaSettings | undefined): KafkaSettings {
  if (kafka) return kafka;
  throw new SettingsError('source=kafka needs kafkaCluster and kafkaTopic.');
}
