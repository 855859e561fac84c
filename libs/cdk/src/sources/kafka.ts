import { createHash } from 'node:crypto';

import { Stack } from 'aws-cdk-lib';
import {
  type EventSourceMappingOptions,
  type ProvisionedPollerConfig,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import type { BatchSource } from '../bound-source.ts';
import { mappingMetric } from '../metrics.ts';
import { deadLetterQueueIn, deadLettersTo, largeBatch, partialResponses } from './defaults.ts';
import { grantKafka } from './grant-kafka.ts';
import { boundStream } from './stream.ts';

/** Props of the mapping of a topic. */
export interface KafkaProps extends Pick<
  EventSourceMappingOptions,
  'batchSize' | 'maxBatchingWindow' | 'filters' | 'schemaRegistryConfig' | 'startingPosition'
> {
  /** ARN of an MSK cluster with IAM access control. */
  readonly clusterArn: string;
  /** The name of the topic. */
  readonly topic: string;
  /**
   * Consumer group, which must be unique among the mappings of the cluster.
   *
   * @default derived from the stack, the construct, the cluster and the topic
   */
  readonly consumerGroup?: string;
  /**
   * Event pollers of the provisioned mode, which are billed by the hour. Without it, Lambda ignores the response, the
   * retries and the halving of a batch.
   *
   * @default 1
   */
  readonly pollers?: ProvisionedPollerConfig;
  /** Receives the positions of records that are not retried any more. @default a new queue */
  readonly deadLetterQueue?: IQueue;
}

/** A function that is this many full batches behind is not just busy. */
const batchesBehind = 100;

/**
 * Reads a topic of an MSK cluster in provisioned mode, from the records that are sent after the deployment, in batches of
 * up to 100 records. A batch that fails is halved; a record that failed five times becomes a dead letter.
 *
 * Lambda cannot change the topic of a mapping, so another topic or cluster makes another mapping with another group.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
export function kafkaSource(props: KafkaProps): BatchSource {
  const { clusterArn, topic, consumerGroup, pollers, deadLetterQueue, ...mapping } = props;
  const hash = createHash('sha256').update(`${clusterArn}/${topic}`).digest('hex').slice(0, 8);
  return {
    bind: (scope, target) => {
      const group = consumerGroup ?? `${groupPrefix(scope)}-${hash}`;
      const deadLetters = deadLetterQueue ?? deadLetterQueueIn(scope);
      grantKafka(scope, target, { clusterArn, topic, consumerGroup: group });
      const options = {
        ...largeBatch,
        startingPosition: StartingPosition.LATEST,
        ...deadLettersTo(deadLetters),
        provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 1, ...pollers },
        ...mapping,
        ...partialResponses,
      };
      const added = target.addEventSourceMapping(`KafkaSource${hash}`, {
        eventSourceArn: clusterArn,
        kafkaTopic: topic,
        kafkaConsumerGroupId: group,
        ...options,
      });
      const metric = target.metric('OffsetLag', { statistic: 'Maximum' });
      const lag = { metric, unit: 'messages', limit: batchesBehind * options.batchSize } as const;
      return boundStream(scope, added, {
        deadLetterQueue: deadLetters,
        lag,
        // Records that were discarded and not sent to the destination.
        lost: mappingMetric(added, 'DroppedEventCount'),
      });
    },
  };
}

/** Returns the name of the stack and the path in it, such as `Orders-Payments-Batch`. */
function groupPrefix(scope: Construct): string {
  const { stackName, node } = Stack.of(scope);
  const path = scope.node.path.slice(node.path.length);
  return `${stackName}${path.replaceAll('/', '-')}`;
}
