import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction, IEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { math } from '../operation/math.ts';
import type { AgeMetric, DeployedSource } from './source.ts';

/**
 * What a mapping that counts its messages says of them.
 *
 * @param technique whose mapping it is
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics
 */
export function mappingMetrics(
  technique: string,
  { eventSourceMappingId }: Pick<IEventSourceMapping, 'eventSourceMappingId'>,
): Pick<DeployedSource, 'done' | 'failed'> {
  const metric = (metricName: string): Metric =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { EventSourceMappingUUID: eventSourceMappingId },
      statistic: 'Sum',
    });
  const failed = metric('FailedInvokeEventCount');
  return {
    failed,
    done: math(technique, 'invoked - failed', { invoked: metric('InvokedEventCount'), failed }),
  };
}

/** How old a stream's record is when it comes to the function. A quarter of an hour is a hundredth of the day that a record is kept. */
export function iteratorAge(target: LambdaFunction): AgeMetric {
  return {
    metric: target.metric('IteratorAge', { statistic: 'Maximum' }),
    unit: 'milliseconds',
    limit: Duration.minutes(15).toMilliseconds(),
  };
}
