import type { BatchEnd } from '@parallel-lambda/batch';
import { checkOption, checkOptions } from '@parallel-lambda/batch/technique';

import { embeddedMetrics } from './embedded-metrics.ts';
import { collectDurations } from './message-durations.ts';
import { writeEntry } from './write-entry.ts';

/** Options for `batchMetrics`. */
export interface BatchMetricsOptions {
  /**
   * The namespace of the metrics in CloudWatch.
   * @default 'ParallelLambda'
   */
  readonly namespace?: string;
  /**
   * Writes how long the messages take, as `MessageDuration`: of each batch up to 100 values, from which CloudWatch computes
   * percentiles. Measuring costs 2 µs per message, and CloudWatch charges for one more metric.
   * @default false
   */
  readonly durations?: boolean;
}

/**
 * Creates a hook that writes the metrics of each batch to the log, for CloudWatch: `MessagesSucceeded`,
 * `MessagesFailed`, `MessagesUnfinished`, `BatchSize` and `DurationPerMessage` (the batch's milliseconds ÷ its messages),
 * with the dimension `FunctionName`. A batch with messages that `redelivery` parked or delayed counts them as `MessagesParked` and
 * `MessagesDelayed` instead of failed or unfinished. With the option `durations` it adds `MessageDuration`. It writes one line per batch, and none for an empty batch. It needs no request and
 * no permission.
 *
 * The environment variable `METRICS=off` turns it off.
 *
 * @example
 * export const handler = batchHandler(promiseWorkers({ work }), { onBatchEnd: batchMetrics() });
 *
 * @example
 * const options = { onBatchEnd: [batchMetrics({ durations: true }), flush] };
 *
 * @returns the hook, for the option `onBatchEnd` of `batchHandler`
 * @throws {InvalidOptionError} when an option is unknown, the namespace is not a text of 1 to 255 characters, or `METRICS` is neither
 * `on` nor `off`
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function batchMetrics(options: BatchMetricsOptions = {}): (end: BatchEnd) => void {
  checkOptions('batchMetrics', options, ['namespace', 'durations']);
  const { namespace = 'ParallelLambda', durations = false } = options;
  const isNamespace = typeof namespace === 'string' && /^[^:].{0,254}$/.test(namespace);
  checkOption('namespace of batchMetrics', 'a text of 1 to 255 characters', namespace, isNamespace);
  if (!isOn(process.env.METRICS)) return () => undefined;
  const durationsOf = durations ? collectDurations() : undefined;
  return ({ outcomes, fates, durationMs, context }) => {
    const messages = outcomes.length;
    if (messages === 0) return;
    const count = { succeeded: 0, failed: 0, unfinished: 0, parked: 0, delayed: 0 };
    outcomes.forEach(({ status }, position) => (count[fates[position] ?? status] += 1));
    const messageDurations = durationsOf?.(context) ?? [];
    const entry = embeddedMetrics({
      namespace,
      dimensions: { FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'unknown' },
      metrics: {
        MessagesSucceeded: [count.succeeded, 'Count'],
        MessagesFailed: [count.failed, 'Count'],
        MessagesUnfinished: [count.unfinished, 'Count'],
        // CloudWatch charges for each metric, and few functions have these.
        ...(count.parked > 0 && { MessagesParked: [count.parked, 'Count'] }),
        ...(count.delayed > 0 && { MessagesDelayed: [count.delayed, 'Count'] }),
        BatchSize: [messages, 'Count'],
        DurationPerMessage: [durationMs / messages, 'Milliseconds'],
        ...(messageDurations.length > 0 && { MessageDuration: [messageDurations, 'Milliseconds'] }),
      },
      properties: { requestId: context.awsRequestId },
    });
    writeEntry(entry);
  };
}

function isOn(value: string | undefined): boolean {
  const isOff = value === 'off';
  checkOption('The environment variable METRICS', 'on or off', value, isOff || !value || value === 'on');
  return !isOff;
}
