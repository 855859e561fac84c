import { math } from '@parallel-lambda/cdk';
import type { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';

import type { TechniqueFunction } from '../technique-function.ts';

/**
 * US dollars in us-east-1, without the free tier and volume discounts, as of 2026-11.
 *
 * @see https://aws.amazon.com/lambda/pricing/
 */
const prices = {
  /** Per second of 1,024 MB. */
  gbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
  millionRequests: 0.2,
} as const;

/** A graph of the dashboard, with a line for each technique. */
export interface Panel {
  readonly title: string;
  /** Returns `undefined` if there is no such metric; the graph is left out. */
  readonly metric: (technique: TechniqueFunction) => Metric | MathExpression | undefined;
}

/** The graphs, three in a row: outcomes of messages, as the functions and the sources count them; durations; cost. */
export const panels: readonly Panel[] = [
  {
    title: 'Messages processed',
    metric: ({ metrics, batch }) => metrics?.ofBatches('MessagesSucceeded', 'Sum') ?? batch.source.processed,
  },
  { title: 'Messages failed', metric: ({ metrics }) => metrics?.ofBatches('MessagesFailed', 'Sum') },
  { title: 'Messages unfinished', metric: ({ metrics }) => metrics?.ofBatches('MessagesUnfinished', 'Sum') },
  {
    title: 'Messages parked',
    metric: ({ metrics, parking }) => parking && metrics?.ofBatches('MessagesParked', 'Sum'),
  },
  { title: 'Messages delayed', metric: ({ metrics }) => metrics?.ofBatches('MessagesDelayed', 'Sum') },
  { title: 'Deliveries failed', metric: ({ batch }) => batch.source.failed },
  {
    title: 'Dead letters',
    metric: ({ batch }) =>
      batch.source.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
  },
  {
    title: 'Parked messages in the queue',
    metric: ({ parking }) => parking?.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
  },
  { title: 'Age of the oldest message', metric: ({ batch }) => batch.source.lag.metric },
  { title: 'Duration, average (ms)', metric: duration('Average') },
  { title: 'Duration, p50 (ms)', metric: duration('p50') },
  { title: 'Duration, p99 (ms)', metric: duration('p99') },
  {
    title: 'Duration per message (ms)',
    metric: (technique) =>
      technique.metrics?.ofBatches('DurationPerMessage', 'p50') ?? durationPerMessage(technique),
  },
  { title: 'Batch size, average', metric: ({ metrics }) => metrics?.ofBatches('BatchSize', 'Average') },
  {
    title: 'Concurrency',
    metric: ({ function: target }) => target.metric('ConcurrentExecutions', { statistic: 'Maximum' }),
  },
  {
    title: 'Failed invocations',
    metric: ({ function: target }) => target.metricErrors({ statistic: 'Sum' }),
  },
  { title: 'GB-seconds', metric: gbSeconds },
  { title: 'Cost of Lambda in us-east-1 ($)', metric: cost },
];

function duration(statistic: string): (technique: TechniqueFunction) => Metric {
  return ({ function: target }) => target.metricDuration({ statistic });
}

function durationPerMessage(technique: TechniqueFunction): MathExpression {
  return math(technique, 'duration / processed', {
    duration: duration('Sum')(technique),
    processed: technique.batch.source.processed,
  });
}

/**
 * Returns the billed GB-seconds. If the log does not say what was billed, durations without INIT and rounding. Managed
 * Instances are not billed by duration.
 */
function gbSeconds(technique: TechniqueFunction): MathExpression | undefined {
  if (technique.settings.managed) return undefined;
  return math(technique, `billed / 1000 * ${technique.settings.memory} / 1024`, {
    billed: technique.metrics?.billedMs ?? duration('Sum')(technique),
  });
}

function cost(technique: TechniqueFunction): MathExpression | undefined {
  const used = gbSeconds(technique);
  if (!used) return undefined;
  const { gbSecond, millionRequests } = prices;
  const { architecture } = technique.settings;
  const expression = `gbSeconds * ${gbSecond[architecture]} + invocations * ${millionRequests} / 1000000`;
  return math(technique, expression, {
    gbSeconds: used,
    invocations: technique.function.metricInvocations({ statistic: 'Sum' }),
  });
}
