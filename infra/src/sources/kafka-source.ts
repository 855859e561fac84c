import { Duration, Stack } from 'aws-cdk-lib';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';

import type { KafkaSettings } from '../settings/settings.ts';
import { SettingsError } from '../settings/read-values.ts';
import { countEvents, deliveries, type DeployedSource, type SourceProps } from './source.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { grantKafka } from './grant-kafka.ts';
import { mappingMetrics } from './source-metrics.ts';

/**
 * A topic of an existing MSK cluster in front of a function, with its own consumer group.
 *
 * @throws {SettingsError} when it is not said which topic
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
export function kafkaSource(scope: Construct, { function: target, settings }: SourceProps): DeployedSource {
  const { clusterArn, topic, pollers } = topicOf(settings.kafka);
  const deadLetters = deadLetterQueue(scope, settings);
  const consumerGroup = `${Stack.of(scope).stackName}-${scope.node.id}`;
  grantKafka(target, { clusterArn, topic, consumerGroup });
  const mapping = target.addEventSourceMapping('KafkaSource', {
    eventSourceArn: clusterArn,
    kafkaTopic: topic,
    kafkaConsumerGroupId: consumerGroup,
    // The topic was there before, maybe for years: only what comes from now on is worked on.
    startingPosition: StartingPosition.LATEST,
    batchSize: settings.batchSize,
    maxBatchingWindow: Duration.seconds(settings.window),
    // Provisioned mode: without it Lambda ignores the response, the retries and the halving of a batch.
    provisionedPollerConfig: { minimumPollers: 1, maximumPollers: pollers },
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: deliveries - 1,
    onFailure: new SqsDlq(deadLetters),
    metricsConfig: countEvents,
  });
  return {
    deadLetterQueue: deadLetters,
    outputs: { ConsumerGroup: consumerGroup, Topic: topic },
    age: {
      metric: target.metric('OffsetLag', { statistic: 'Maximum' }),
      unit: 'messages',
      limit: 100 * settings.batchSize,
    },
    ...mappingMetrics(scope.node.id, mapping),
  };
}

function topicOf(kafka: KafkaSettings | undefined): KafkaSettings {
  if (kafka) return kafka;
  throw new SettingsError('source=kafka needs kafkaCluster and kafkaTopic.');
}
