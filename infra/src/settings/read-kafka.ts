import { type Context, SettingsError, shown } from './read-values.ts';
import type { KafkaSettings } from './settings.ts';

/** Settings that only have a meaning for Kafka. */
export const kafkaNames = ['kafkaCluster', 'kafkaTopic', 'kafkaPollerGroup', 'kafkaSchemaRegistry'] as const;

const clusterArn = /^arn:[\w-]+:kafka:[\w-]+:\d{12}:cluster\/[\w-]+\/[\w-]+$/;
/** CloudFormation refuses topics of one character. */
const topicName = /^[\w-][\w.-]{1,248}$/;
const registryArn = /^arn:[\w-]+:glue:[\w-]+:\d{12}:registry\/[\w$.#-]+$/;

/**
 * Reads where the topic is.
 *
 * @throws {SettingsError} if the cluster or the topic is missing or malformed
 */
export function readKafka(context: Context): KafkaSettings {
  const { kafkaCluster, kafkaTopic, kafkaSchemaRegistry: registry } = context;
  if (typeof kafkaCluster !== 'string' || !clusterArn.test(kafkaCluster)) {
    throw new SettingsError(
      `source=kafka needs kafkaCluster, the ARN of an MSK cluster (arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID), not ${shown(kafkaCluster)}.`,
    );
  }
  if (typeof kafkaTopic !== 'string' || !topicName.test(kafkaTopic)) {
    throw new SettingsError(
      `source=kafka needs kafkaTopic, the name of a topic of that cluster with 2 to 249 characters, not ${shown(kafkaTopic)}.`,
    );
  }
  if (registry !== undefined && (typeof registry !== 'string' || !registryArn.test(registry))) {
    throw new SettingsError(
      `kafkaSchemaRegistry must be the ARN of a Glue schema registry (arn:aws:glue:REGION:ACCOUNT:registry/NAME), not ${shown(registry)}.`,
    );
  }
  return {
    clusterArn: kafkaCluster,
    topic: kafkaTopic,
    ...(registry !== undefined && { schemaRegistry: registry }),
  };
}
