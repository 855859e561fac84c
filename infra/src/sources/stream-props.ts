import type { StreamProps } from '@parallel-lambda/cdk';
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import type { Settings } from '../settings/settings.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';

/** Returns the props of the mapping of a Kinesis or DynamoDB stream. */
export function streamProps(scope: Construct, settings: Settings): StreamProps {
  return {
    batchSize: settings.batchSize,
    maxBatchingWindow: Duration.seconds(settings.window),
    parallelizationFactor: settings.concurrency ?? 1,
    deadLetterQueue: deadLetterQueue(scope, settings),
  };
}
