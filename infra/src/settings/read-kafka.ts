import type { Context } from './context.ts';
import { readNumber } from './read-number.ts';
import type { KafkaSettings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

const clusterArn = /^arn:[\w-]+:kafka:[\w-]+:\d{12}:cluster\/[\w-]+\/[\w-]+$/;
const topicName = /^[\w.-]{1,249}$/;

/**
 * Reads where the topic is.
 *
 * @throws {SettingsError} when it is not said, or not rightly
 */
export function readKafka(context: Context): KafkaSettings {
  const { kafkaCluster, kafkaTopic } = context;
  if (typeof kafkaCluster !== 'string' || !clusterArn.test(kafkaCluster)) {
    throw new SettingsError(
      `source=kafka needs kafkaCluster, the ARN of an MSK cluster (arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID), not ${shown(kafkaCluster)}.`,
    );
  }
  if (typeof kafkaTopic !== 'string' || !topicName.test(kafkaTopic)) {
    throw new SettingsError(
      `source=kafka needs kafkaTopic, the name of a topic of that cluster, not ${shown(kafkaTopic)}.`,
    );
  }
  const pollers = readNumber(context, 'kafkaPollers', { least: 1, most: 2000 }) ?? 1;
  return { clusterArn: kafkaCluster, topic: kafkaTopic, pollers };
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
