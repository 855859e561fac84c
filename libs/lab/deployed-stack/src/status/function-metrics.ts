import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';

import { clientSettings, responseOf } from '../aws.ts';

/** CloudWatch metrics of a function. CloudWatch shows an invocation a minute or two later. */
export interface FunctionMetrics {
  readonly invocations: number;
  /** Invocations that ended with an error. */
  readonly errors: number;
  readonly throttles: number;
  /** `null` without invocations. */
  readonly meanDurationMs: number | null;
  readonly maxDurationMs: number | null;
  /** Age of the last record of a batch, in the last minute with invocations from a stream. */
  readonly iteratorAgeMs: number | null;
}

const queries = [
  { id: 'invocations', metric: 'Invocations', statistic: 'Sum' },
  { id: 'errors', metric: 'Errors', statistic: 'Sum' },
  { id: 'throttles', metric: 'Throttles', statistic: 'Sum' },
  { id: 'duration', metric: 'Duration', statistic: 'Sum' },
  { id: 'max', metric: 'Duration', statistic: 'Maximum' },
  { id: 'age', metric: 'IteratorAge', statistic: 'Maximum' },
] as const;
type Query = (typeof queries)[number]['id'];

const minuteMs = 60_000;

/**
 * Returns the metrics of functions, by their names at AWS. Each function costs six metrics of GetMetricData
 * ($0.01 per thousand).
 *
 * @param functionNames at most 100
 * @param minutes period of the metrics, up to now
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export async function functionMetrics(
  functionNames: readonly string[],
  minutes: number,
): Promise<ReadonlyMap<string, FunctionMetrics>> {
  const client = new CloudWatchClient(clientSettings);
  const end = Math.ceil(Date.now() / minuteMs) * minuteMs;
  const values = new Map<string, number[]>();
  let NextToken: string | undefined;
  do {
    const response = await responseOf(
      client.send(
        new GetMetricDataCommand({
          StartTime: new Date(end - minutes * minuteMs),
          EndTime: new Date(end),
          MetricDataQueries: functionNames.flatMap(queriesOf),
          ...(NextToken !== undefined && { NextToken }),
        }),
      ),
    );
    for (const { Id = '', Values = [] } of response.MetricDataResults ?? []) {
      values.set(Id, [...(values.get(Id) ?? []), ...Values]);
    }
    ({ NextToken } = response);
  } while (NextToken !== undefined);
  return new Map(functionNames.map((name, index) => [name, read((id) => values.get(idOf(index, id)) ?? [])]));
}

function queriesOf(functionName: string, index: number): MetricDataQuery[] {
  return queries.map(({ id, metric, statistic }) => ({
    Id: idOf(index, id),
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: metric,
        Dimensions: [{ Name: 'FunctionName', Value: functionName }],
      },
      Period: 60,
      Stat: statistic,
    },
  }));
}

function idOf(index: number, id: Query): string {
  return `f${index}_${id}`;
}

function read(values: (id: Query) => readonly number[]): FunctionMetrics {
  const sum = (id: Query): number => values(id).reduce((total, value) => total + value, 0);
  const invocations = sum('invocations');
  return {
    invocations,
    errors: sum('errors'),
    throttles: sum('throttles'),
    meanDurationMs: invocations === 0 ? null : sum('duration') / invocations,
    maxDurationMs: values('max').length === 0 ? null : Math.max(...values('max')),
    // CloudWatch returns the latest value first.
    iteratorAgeMs: values('age')[0] ?? null,
  };
}
