import { Stack } from 'aws-cdk-lib';
import { Metric, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter, type LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** Metrics that CloudWatch extracts from a function's log. */
export interface FunctionMetrics {
  /** Metrics of its batches, by the names of `libs/batch-metrics`. */
  readonly ofBatches: (name: string, statistic: string) => Metric;
  /** Billed milliseconds, with INIT and rounding. Absent if the log is text. */
  readonly billedMs?: Metric;
}

/**
 * Returns the metrics in a function's log.
 *
 * @param scope construct of a technique
 * @param log JSON log, for the billed durations
 */
export function functionMetrics(
  scope: Construct,
  target: LambdaFunction,
  log: LogGroup | undefined,
): FunctionMetrics {
  const dimensionsMap = { FunctionName: target.functionName };
  return {
    ofBatches: (metricName, statistic) =>
      new Metric({ namespace: 'ParallelLambda', metricName, dimensionsMap, statistic }),
    ...(log && { billedMs: billedMs(scope, log) }),
  };
}

/** Lambda has no metric of billed durations, only a log line per invocation. */
function billedMs(scope: Construct, logGroup: LogGroup): Metric {
  const filter = new MetricFilter(scope, 'BilledDuration', {
    logGroup,
    filterPattern: FilterPattern.stringValue('$.type', '=', 'platform.report'),
    metricNamespace: `${Stack.of(scope).stackName}/${scope.node.id}`,
    metricName: 'BilledDuration',
    metricValue: '$.record.metrics.billedDurationMs',
    unit: Unit.MILLISECONDS,
  });
  return filter.metric({ statistic: 'Sum' });
}
