import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';

import { deadLetterQueue } from './dead-letter-queue.ts';
import { type DeployedSource, removalPolicyOf, type SourceProps } from './source.ts';
import { iteratorAge, mappingMetrics } from './source-metrics.ts';
import { shardSettings } from './shard-settings.ts';

/**
 * A Kinesis stream of one shard in front of a function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export function kinesisSource(scope: Construct, { function: target, settings }: SourceProps): DeployedSource {
  const deadLetters = deadLetterQueue(scope, settings);
  const stream = new Stream(scope, 'Stream', {
    // A shard by the hour is a third of what an on-demand stream costs idle.
    streamMode: StreamMode.PROVISIONED,
    shardCount: 1,
    encryption: StreamEncryption.MANAGED,
    removalPolicy: removalPolicyOf(settings),
  });
  const source = new KinesisEventSource(stream, shardSettings(settings, deadLetters));
  target.addEventSource(source);
  return {
    deadLetterQueue: deadLetters,
    outputs: { StreamName: stream.streamName },
    age: iteratorAge(target),
    ...mappingMetrics(scope.node.id, source),
  };
}
