import { Duration } from 'aws-cdk-lib';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

import type { Settings } from '../settings/settings.ts';
import { countEvents, deliveries } from './source.ts';

/** How a mapping reads a stream's shards, Kinesis's and DynamoDB's alike. */
export function shardSettings(settings: Settings, deadLetters: Queue) {
  return {
    batchSize: settings.batchSize,
    maxBatchingWindow: Duration.seconds(settings.window),
    // From the beginning: the stream is made with the function, and nothing put into it meanwhile is passed over.
    startingPosition: StartingPosition.TRIM_HORIZON,
    parallelizationFactor: settings.concurrency ?? 1,
    // A bad record stops its shard: it is isolated by halving, and after its deliveries it is given up.
    bisectBatchOnError: true,
    retryAttempts: deliveries - 1,
    onFailure: new SqsDlq(deadLetters),
    // Without it Lambda ignores the response and goes on behind the records that failed.
    reportBatchItemFailures: true,
    metricsConfig: countEvents,
  } as const;
}
