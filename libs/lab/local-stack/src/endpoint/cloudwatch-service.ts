import type { FunctionMetrics, MetricName, StatisticSet } from '../function-metrics.ts';
import type { ServedFunction } from '../served-function.ts';
import type { Input } from './input.ts';
import { jsonService } from './json-service.ts';
import { ServiceError, type Service } from './reply.ts';

/** Its parts, under the names that AWS gives them. */
const statistics: Readonly<Record<string, (set: StatisticSet) => number>> = {
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
  SampleCount: ({ count }) => count,
};

/**
 * CloudWatch's `GetMetricData` and `GetMetricStatistics` of the functions' own metrics; here they are known immediately.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function cloudWatchService(functions: ReadonlyMap<string, ServedFunction>): Service {
  return jsonService({
    GetMetricData: (input) => metricData(functions, input),
    GetMetricStatistics: (input) => metricStatistics(functions, input),
  });
}

function metricData(functions: ReadonlyMap<string, ServedFunction>, input: Input): object {
  const times = timesOf(input);
  const MetricDataResults = input.objects('MetricDataQueries').map((query) => {
    const id = query.text('Id');
    if (!query.has('MetricStat')) {
      throw new ServiceError(400, 'ValidationError', `Expressions are not served here: ${id}`);
    }
    const stat = query.object('MetricStat');
    const name = stat.optionalText('Stat') ?? 'Average';
    const read = statistics[name];
    if (!read) throw new ServiceError(400, 'ValidationError', `The statistic ${name} is not served here`);
    const metric = stat.object('Metric');
    const points = [...pointsOf(functions, metric, { ...times, periodMs: periodOf(stat) })].reverse();
    return {
      Id: id,
      Label: metric.text('MetricName'),
      Timestamps: points.map(([atMs]) => atMs / 1000),
      Values: points.map(([, set]) => read(set)),
      StatusCode: 'Complete',
    };
  });
  return { MetricDataResults, Messages: [] };
}

function metricStatistics(functions: ReadonlyMap<string, ServedFunction>, input: Input): object {
  const label = input.text('MetricName');
  const names = input.list('Statistics').map(String);
  const range = { ...timesOf(input), periodMs: periodOf(input) };
  const Datapoints = [...pointsOf(functions, input, range)].map(([atMs, set]) => ({
    Timestamp: atMs / 1000,
    Unit: label === 'Duration' ? 'Milliseconds' : 'Count',
    ...Object.fromEntries(names.map((name) => [name, statistics[name]?.(set)])),
  }));
  return { Label: label, Datapoints };
}

/** Times in milliseconds since 1970. */
interface Range {
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodMs: number;
}

function timesOf(input: Input): Omit<Range, 'periodMs'> {
  return { fromMs: 1000 * input.number('StartTime'), toMs: 1000 * input.number('EndTime') };
}

function periodOf(stat: Input): number {
  const periodMs = 1000 * (stat.has('Period') ? stat.number('Period') : 60);
  if (periodMs < 60_000 || periodMs % 60_000 !== 0) {
    throw new ServiceError(400, 'ValidationError', `Period must be a multiple of 60, not ${periodMs / 1000}`);
  }
  return periodMs;
}

function pointsOf(
  functions: ReadonlyMap<string, ServedFunction>,
  metric: Input,
  { fromMs, toMs, periodMs }: Range,
): ReturnType<FunctionMetrics['read']> {
  const name = metric
    .objects('Dimensions')
    .find((dimension) => dimension.text('Name') === 'FunctionName')
    ?.text('Value');
  const { metrics } = functions.get(name ?? '') ?? {};
  return (
    metrics?.read(metric.text('MetricName') as MetricName, fromMs, toMs, periodMs) ??
    new Map<number, StatisticSet>()
  );
}
