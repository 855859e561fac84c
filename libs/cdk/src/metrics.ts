import { Stack, Token } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type IEventSourceMapping, type MetricsConfig, MetricType } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';

/** Makes a mapping count its messages. Lambda charges nothing for that. */
export const countEvents: MetricsConfig = { metrics: [MetricType.EVENT_COUNT] };

/**
 * Metrics of a mapping with {@link countEvents}. Deliveries are at least once, so counts can be too high.
 *
 * - `FailedInvokeEventCount`: messages whose invocation failed, or whose response has failures. AWS does not say whether a batch
 *   counts with all of its messages if some failed.
 * - `DroppedEventCount`: messages that are not retried any more, except those that were sent to an on-failure destination.
 */
export type MappingMetric =
  | 'DeletedEventCount'
  | 'DroppedEventCount'
  | 'FailedInvokeEventCount'
  | 'InvokedEventCount'
  | 'OnFailureDestinationDeliveredEventCount';

/**
 * Returns a metric of a mapping, summed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics
 */
export function mappingMetric(
  { eventSourceMappingId }: Pick<IEventSourceMapping, 'eventSourceMappingId'>,
  metricName: MappingMetric,
): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { EventSourceMappingUUID: eventSourceMappingId },
    statistic: 'Sum',
  });
}

/**
 * Returns a metric of a queue, in the account of the queue. An alarm on a metric of another account needs CloudWatch
 * cross-account observability.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html
 */
export function queueMetric(
  queue: IQueue,
  metricName: 'ApproximateAgeOfOldestMessage' | 'ApproximateNumberOfMessagesVisible',
): Metric {
  const { account } = queue.env;
  const own = Stack.of(queue).account;
  const isElsewhere = account !== own && !Token.isUnresolved(account) && !Token.isUnresolved(own);
  return queue.metric(metricName, { statistic: 'Maximum', ...(isElsewhere && { account }) });
}

/**
 * Returns metric math. A graph of several constructs must not contain a name twice, so each name ends with that of its
 * construct.
 *
 * @param expression of the names in `metrics`
 */
export function math(
  scope: IConstruct,
  expression: string,
  metrics: Readonly<Record<string, IMetric>>,
): MathExpression {
  const suffix = scope.node.path.replace(/\W/g, '_');
  const named = (name: string): string => `${name}_${suffix}`;
  return new MathExpression({
    expression: expression.replace(/[a-z]\w*/gi, (word) => (word in metrics ? named(word) : word)),
    usingMetrics: Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [named(name), metric])),
  });
}
