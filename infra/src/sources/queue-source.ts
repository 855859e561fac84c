import { BatchSource, maxDeliveries, visibilityTimeout } from '@parallel-lambda/cdk';
import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import type { Settings } from '../settings/settings.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { fifoProps } from './fifo-props.ts';
import { removalPolicyOf, type SourceResources } from './source.ts';

/** Creates a standard or FIFO queue. */
export function queueSource(scope: Construct, settings: Settings): SourceResources {
  const window = Duration.seconds(settings.window);
  const { concurrency, pollers } = settings;
  const queue = new Queue(scope, 'Queue', {
    visibilityTimeout: visibilityTimeout(Duration.seconds(settings.timeout), window),
    deadLetterQueue: { queue: deadLetterQueue(scope, settings), maxReceiveCount: maxDeliveries },
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: removalPolicyOf(settings),
    ...(settings.source === 'fifo' && fifoProps),
  });
  const source = BatchSource.sqs(queue, {
    batchSize: settings.batchSize,
    ...(settings.source !== 'fifo' && { maxBatchingWindow: window }),
    // Limits the concurrency without reserving any of the account's.
    ...(concurrency !== undefined && { maxConcurrency: concurrency }),
    ...(pollers && { provisionedPollerConfig: pollers }),
  });
  return { source, outputs: { QueueUrl: queue.queueUrl } };
}
