import { Token, type Duration } from 'aws-cdk-lib';
import { SqsEventSource, type SqsEventSourceProps } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { DeadLetterQueue, IQueue } from 'aws-cdk-lib/aws-sqs';

import type { BatchSource } from '../bound-source.ts';
import { mappingMetric, queueMetric } from '../metrics.ts';
import { largeBatch, partialResponses } from './defaults.ts';
import { allowPollers, pollersForCdk } from './queue-pollers.ts';
import { checkVisibility, visibleAfter } from './visibility.ts';

/** A `Queue`, or an imported queue. */
export interface SourceQueue extends IQueue {
  /** Receives messages that are not retried any more. Absent from an imported queue. */
  readonly deadLetterQueue?: DeadLetterQueue;
}

/** Props of the mapping of a queue. CDK's own, except that partial batch responses are always on. */
export interface QueueProps extends Omit<SqsEventSourceProps, 'reportBatchItemFailures'> {
  /** The dead-letter queue of an imported queue. @default that of the queue */
  readonly deadLetterQueue?: DeadLetterQueue;
  /** The visibility timeout of an imported queue, or of one that a CloudFormation parameter sets. @default that of the queue */
  readonly visibilityTimeout?: Duration;
}

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
 * @throws {Error} if it has none, or `props` lack settings that CDK does not have
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function queueSource(queue: SourceQueue, props: QueueProps = {}): BatchSource {
  const { deadLetterQueue, visible, mapping } = settingsOf(queue, props);
  return {
    bind: (scope, target) => {
      const defaults = queue.fifo ? { batchSize: 10 } : largeBatch;
      const pollers = mapping.provisionedPollerConfig;
      const source = new SqsEventSource(queue, {
        ...defaults,
        ...mapping,
        ...partialResponses,
        ...(pollers && { provisionedPollerConfig: pollersForCdk(pollers) }),
      });
      target.addEventSource(source);
      if (pollers) allowPollers(source, pollers);
      checkVisibility(scope, queue, { visible, target });
      // SQS keeps a failing message of a FIFO queue at the head of its group until it is a dead letter.
      const receives = queue.fifo ? deadLetterQueue.maxReceiveCount : receivesInAge;
      return {
        deadLetterQueue: deadLetterQueue.queue,
        lag: {
          metric: queueMetric(queue, 'ApproximateAgeOfOldestMessage'),
          unit: 'seconds',
          limit: receives * knownSeconds(queue, visible()),
        },
        processed: mappingMetric(source, 'DeletedEventCount'),
        failed: mappingMetric(source, 'FailedInvokeEventCount'),
      };
    },
  };
}

/** Returns the settings of a queue, from the queue or from the props, and the props of its mapping. */
function settingsOf(
  queue: SourceQueue,
  { deadLetterQueue: given, visibilityTimeout, ...mapping }: QueueProps,
): {
  readonly deadLetterQueue: DeadLetterQueue;
  readonly visible: () => number;
  readonly mapping: SqsEventSourceProps;
} {
  const deadLetterQueue = queue.deadLetterQueue ?? given;
  const isImported = visibleAfter(queue) === undefined;
  if (isImported && (!deadLetterQueue || !visibilityTimeout)) {
    throw new Error(
      `The queue ${queue.node.path} is imported, so CDK does not have its settings. ` +
        'Set deadLetterQueue: { queue, maxReceiveCount } and visibilityTimeout.',
    );
  }
  if (!deadLetterQueue) {
    throw new Error(
      `The queue ${queue.node.path} has no dead-letter queue, so a message that always fails is retried until it expires. ` +
        'Set deadLetterQueue: { queue, maxReceiveCount: 5 }.',
    );
  }
  const visible = (): number => {
    const seconds = visibleAfter(queue);
    const isKnown = seconds !== undefined && !Token.isUnresolved(seconds);
    return (isKnown ? seconds : visibilityTimeout?.toSeconds()) ?? seconds ?? 0;
  };
  return { deadLetterQueue, visible, mapping };
}

/** CloudFormation cannot multiply a value that is set at the deployment. */
function knownSeconds(queue: SourceQueue, seconds: number): number {
  if (!Token.isUnresolved(seconds)) return seconds;
  throw new Error(
    `The visibility timeout of ${queue.node.path} is set at the deployment, but the alarm on its age is a multiple of it. ` +
      'Set visibilityTimeout to the longest one.',
  );
}
