import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type IEventSourceMapping, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { StreamEventSourceProps } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import type { BoundSource, Lag } from '../bound-source.ts';
import { mappingMetric, math } from '../metrics.ts';
import { deadLetterQueueIn, deadLettersTo, largeBatch, partialResponses } from './defaults.ts';

/** Props of the mapping of a stream. CDK's own, except that partial batch responses are always on. */
export interface StreamProps extends Partial<
  Omit<StreamEventSourceProps, 'reportBatchItemFailures' | 'onFailure' | 'provisionedPollerConfig'>
> {
  /** Receives the positions of records that are not retried any more. @default a new queue */
  readonly deadLetterQueue?: IQueue;
}

/** Returns the props of a mapping, with the defaults for a stream, and its dead-letter queue. */
export function streamMapping(scope: Construct, { deadLetterQueue, ...props }: StreamProps) {
  const deadLetters = deadLetterQueue ?? deadLetterQueueIn(scope);
  return {
    deadLetterQueue: deadLetters,
    mapping: {
      ...largeBatch,
      // A stream that is deployed with its function must not lose records that are sent during the deployment.
      startingPosition: StartingPosition.TRIM_HORIZON,
      ...deadLettersTo(deadLetters),
      ...props,
      ...partialResponses,
    },
  } as const;
}

/** Returns a bound source with the metrics of its mapping. */
export function boundStream(
  scope: Construct,
  mapping: Pick<IEventSourceMapping, 'eventSourceMappingId'>,
  { deadLetterQueue, lag, lost }: Pick<BoundSource, 'deadLetterQueue' | 'lag'> & { readonly lost: Metric },
): BoundSource {
  const failed = mappingMetric(mapping, 'FailedInvokeEventCount');
  const invoked = mappingMetric(mapping, 'InvokedEventCount');
  return {
    deadLetterQueue,
    lag,
    failed,
    processed: math(scope, 'invoked - failed', { invoked, failed }),
    lost,
  };
}

/**
 * Returns the number of failure records that Lambda could not send. AWS documents it for Kinesis and DynamoDB Streams only.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#invocation-metrics
 */
export function deliveryFailures(target: IFunction): Metric {
  return target.metric('DestinationDeliveryFailures', { statistic: 'Sum' });
}

/** Returns the age of a stream's records when the function receives them. A record is kept for at least a day. */
export function iteratorAge(target: IFunction): Lag {
  return {
    metric: target.metric('IteratorAge', { statistic: 'Maximum' }),
    unit: 'milliseconds',
    limit: Duration.minutes(15).toMilliseconds(),
  };
}
