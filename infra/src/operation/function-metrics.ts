import { Metric, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What a function's log tells CloudWatch beside what Lambda does. */
export interface FunctionMetrics {
  /** What its batches were, by `libs/batch-metrics`; the names are its own. */
  readonly ofBatches: (name: string, statistic: string) => Metric;
  /** The milliseconds that are billed, INIT and the rounding up included; where the log is text there is none. */
  readonly billedMs?: Metric;
}

/**
 * Finds the metrics in a function's log.
 *
 * @param scope one technique's construct, whose id is its name
 * @param log of JSON, if it is to be read what is billed
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

/** Lambda has no metric of what it bills, only its last word on each invocation. */
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
