import type { FunctionMetrics, MetricName, StatisticSet } from '../function-metrics.ts';
import type { ServedFunction } from '../served-function.ts';
import { operationOf, replyAsJson } from './json-protocol.ts';
import { ServiceError, type Service } from './reply.ts';

/** A metric and a statistic of it, as `GetMetricData` asks for them. */
interface MetricStat {
  readonly Metric?: {
    readonly MetricName?: string;
    readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  };
  readonly Period?: number;
  readonly Stat?: string;
}

interface GetMetricData {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly MetricDataQueries?: readonly { readonly Id: string; readonly MetricStat?: MetricStat }[];
}

/** Its parts, under the names that AWS gives them. */
const statistics: Readonly<Record<string, (set: StatisticSet) => number>> = {
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
  SampleCount: ({ count }) => count,
};

/**
 * CloudWatch's `GetMetricData` and `GetMetricStatistics` of the functions' own metrics; here they are known at once.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function cloudWatchService(functions: ReadonlyMap<string, ServedFunction>): Service {
  return (request) => {
    const operation = operationOf(request);
    const input = JSON.parse(request.body.toString()) as unknown;
    if (operation === 'GetMetricData') replyAsJson(request, metricData(functions, input as GetMetricData));
    else if (operation === 'GetMetricStatistics') {
      replyAsJson(request, metricStatistics(functions, input as GetMetricStatistics));
    } else throw new ServiceError(400, 'InvalidAction', `${operation} of CloudWatch is not served here`);
  };
}

function metricData(functions: ReadonlyMap<string, ServedFunction>, request: GetMetricData): object {
  const { StartTime, EndTime, MetricDataQueries = [] } = request;
  const MetricDataResults = MetricDataQueries.map(({ Id, MetricStat }) => {
    if (!MetricStat) throw new ServiceError(400, 'ValidationError', `Expressions are not served here: ${Id}`);
    const { Metric = {}, Period = 60, Stat = 'Average' } = MetricStat;
    const read = statistics[Stat];
    if (!read) throw new ServiceError(400, 'ValidationError', `The statistic ${Stat} is not served here`);
    const points = [...pointsOf(functions, Metric, { StartTime, EndTime, Period })].reverse();
    return {
      Id,
      Label: Metric.MetricName ?? '',
      Timestamps: points.map(([atMs]) => atMs / 1000),
      Values: points.map(([, set]) => read(set)),
      StatusCode: 'Complete',
    };
  });
  return { MetricDataResults, Messages: [] };
}

interface GetMetricStatistics extends Range {
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Statistics?: readonly string[];
}

function metricStatistics(
  functions: ReadonlyMap<string, ServedFunction>,
  request: GetMetricStatistics,
): object {
  const { MetricName: Label, Statistics = [] } = request;
  const Datapoints = [...pointsOf(functions, request, request)].map(([atMs, set]) => ({
    Timestamp: atMs / 1000,
    Unit: Label === 'Duration' ? 'Milliseconds' : 'Count',
    ...Object.fromEntries(Statistics.map((name) => [name, statistics[name]?.(set)])),
  }));
  return { Label, Datapoints };
}

/** Seconds, times since 1970. */
interface Range {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly Period: number;
}

function pointsOf(
  functions: ReadonlyMap<string, ServedFunction>,
  { MetricName = '', Dimensions = [] }: NonNullable<MetricStat['Metric']>,
  { StartTime, EndTime, Period }: Range,
): ReturnType<FunctionMetrics['read']> {
  const name = Dimensions.find(({ Name }) => Name === 'FunctionName')?.Value ?? '';
  const { metrics } = functions.get(name) ?? {};
  return (
    metrics?.read(MetricName as MetricName, StartTime * 1000, EndTime * 1000, Period * 1000) ??
    new Map<number, StatisticSet>()
  );
}
