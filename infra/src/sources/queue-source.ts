import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import { math } from '../operation/math.ts';
import { checkVisibility, visibilityTimeout } from './check-visibility.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { deliveries, type DeployedSource, removalPolicyOf, type SourceProps } from './source.ts';

/** Ordered by message group, as many groups at a time as SQS can; whoever sends gives each message its own id. */
const fifo = {
  fifo: true,
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
} as const;

/**
 * A queue in front of a function, standard or FIFO.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function queueSource(scope: Construct, { function: target, settings }: SourceProps): DeployedSource {
  const deadLetters = deadLetterQueue(scope, settings);
  const window = Duration.seconds(settings.window);
  const hidden = visibilityTimeout(Duration.seconds(settings.timeout), window);
  const queue = new Queue(scope, 'Queue', {
    visibilityTimeout: hidden,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: deliveries },
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: removalPolicyOf(settings),
    ...(settings.source === 'fifo' && fifo),
  });
  target.addEventSource(
    new SqsEventSource(queue, {
      batchSize: settings.batchSize,
      ...(settings.source !== 'fifo' && { maxBatchingWindow: window }),
      // Bounds the concurrency without taking any away from the account's other functions.
      ...(settings.concurrency !== undefined && { maxConcurrency: settings.concurrency }),
      // Without it Lambda ignores the response and deletes the messages that failed.
      reportBatchItemFailures: true,
    }),
  );
  checkVisibility(scope, queue, target);

  const done = queue.metricNumberOfMessagesDeleted({ statistic: 'Sum' });
  return {
    deadLetterQueue: deadLetters,
    outputs: { QueueUrl: queue.queueUrl },
    age: {
      metric: queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' }),
      unit: 'seconds',
      // SQS leaves out of this age what was received three times: older than that, a message has only waited.
      limit: 3 * hidden.toSeconds(),
    },
    done,
    failed: math(scope.node.id, 'received - deleted', {
      received: queue.metricNumberOfMessagesReceived({ statistic: 'Sum' }),
      deleted: done,
    }),
  };
}
