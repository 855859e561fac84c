/** The content of one log line in CloudWatch's embedded metric format. */
export interface EmbeddedMetrics {
  readonly namespace: string;
  /** Dimensions, at most 30, none of them empty. CloudWatch stores a metric for each of their values. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Metrics by name, at most 100, with their units. A metric has a value or a list of at most 100. */
  readonly metrics: Readonly<
    Record<string, readonly [value: number | readonly number[], unit: 'Count' | 'Milliseconds']>
  >;
  /** Values that can be searched for in the log, and are not metrics. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * Formats metrics in CloudWatch's embedded metric format.
 *
 * @returns one line of JSON, without a line end
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics({ namespace, dimensions, metrics, properties }: EmbeddedMetrics): string {
  const values = Object.entries(metrics);
  return JSON.stringify({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: values.map(([Name, [, Unit]]) => ({ Name, Unit })),
        },
      ],
    },
    ...dimensions,
    ...Object.fromEntries(values.map(([name, [value]]) => [name, value])),
    ...properties,
  });
}
