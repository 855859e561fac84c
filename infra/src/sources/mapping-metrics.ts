import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IEventSourceMapping } from 'aws-cdk-lib/aws-lambda';

import { math } from '../operation/math.ts';
import type { DeployedSource } from './deployed-source.ts';

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
