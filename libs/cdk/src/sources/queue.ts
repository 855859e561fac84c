import { SqsEventSource, type SqsEventSourceProps } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

import type { BatchSource } from '../bound-source.ts';
import { mappingMetric } from '../metrics.ts';
import { largeBatch, partialResponses } from './defaults.ts';
import { checkVisibility, visibleAfter } from './visibility.ts';

/** Props of the mapping of a queue. CDK's own, except that partial batch responses are always on. */
export type QueueProps = Omit<SqsEventSourceProps, 'reportBatchItemFailures'>;

/**
 * SQS leaves a message of a standard queue out of its age once it was received three times.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
const receivesInAge = 3;

/**
 * Reads a standard or FIFO queue.
 *
 * Batches have up to 100 messages, gathered for at most one second; those of a FIFO queue have up to 10. The synthesis
 * fails if the visibility timeout of the queue is too short.
 *
 * @param queue must have a dead-letter queue
 * @throws {Error} if it has none
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function queueSource(queue: Queue, props: QueueProps = {}): BatchSource {
  const { deadLetterQueue } = queue;
  if (!deadLetterQueue) {
    throw new Error(
      `The queue ${queue.node.path} has no dead-letter queue, so a message that always fails is retried until it expires. ` +
        'Set deadLetterQueue: { queue, maxReceiveCount: 5 }.',
    );
  }
  return {
    bind: (scope, target) => {
      const defaults = queue.fifo ? { batchSize: 10 } : largeBatch;
      const source = new SqsEventSource(queue, { ...defaults, ...props, ...partialResponses });
      target.addEventSource(source);
      checkVisibility(scope, queue, target);
      // SQS keeps a failing message of a FIFO queue at the head of its group until it is a dead letter.
      const receives = queue.fifo ? deadLetterQueue.maxReceiveCount : receivesInAge;
      return {
        deadLetterQueue: deadLetterQueue.queue,
        lag: {
          metric: queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' }),
          unit: 'seconds',
          limit: receives * visibleAfter(queue),
        },
        processed: mappingMetric(source, 'DeletedEventCount'),
        failed: mappingMetric(source, 'FailedInvokeEventCount'),
      };
    },
  };
}
