import { Duration } from 'aws-cdk-lib';
import type { EventSourceMappingOptions } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import { countEvents } from '../metrics.ts';

/** The number of deliveries before a message becomes a dead letter. AWS recommends at least 5 for a queue. */
export const maxDeliveries = 5;

/** Set in every mapping: without it, Lambda ignores the response, and deletes failed messages. */
export const partialResponses = { reportBatchItemFailures: true, metricsConfig: countEvents } as const;

/** A larger batch needs a batching window of at least one second. */
export const largeBatch = { batchSize: 100, maxBatchingWindow: Duration.seconds(1) } as const;

/** Returns how a mapping isolates and discards the failed records of a stream or a topic. */
export function deadLettersTo(
  deadLetterQueue: IQueue,
): Pick<EventSourceMappingOptions, 'bisectBatchOnError' | 'retryAttempts' | 'onFailure'> {
  return {
    bisectBatchOnError: true,
    retryAttempts: maxDeliveries - 1,
    onFailure: new SqsDlq(deadLetterQueue),
  };
}

/** Creates a queue that keeps dead letters for 14 days, the maximum of SQS. */
export function deadLetterQueueIn(scope: Construct): Queue {
  return new Queue(scope, 'DeadLetterQueue', {
    retentionPeriod: Duration.days(14),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
}
