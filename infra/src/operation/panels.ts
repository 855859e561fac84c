import type { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { TechniqueFunction } from '../technique-function.ts';
import { math } from './math.ts';

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

/** One graph of the dashboard: a line for each technique. */
export interface Panel {
  readonly title: string;
  /** Nothing where nobody tells it: the graph is left out. */
  readonly metric: (technique: TechniqueFunction) => Metric | MathExpression | undefined;
}

/**
 * What is to be seen of the techniques side by side, three in a row: what became of the messages, as the functions tell
 * it and as the sources do; durations; cost.
 */
export const panels: readonly Panel[] = [
  {
    title: 'Messages done',
    metric: ({ metrics, source }) => metrics?.ofBatches('MessagesSucceeded', 'Sum') ?? source.done,
  },
  { title: 'Messages failed', metric: ({ metrics }) => metrics?.ofBatches('MessagesFailed', 'Sum') },
  { title: 'Messages unfinished', metric: ({ metrics }) => metrics?.ofBatches('MessagesUnfinished', 'Sum') },
  { title: 'Deliveries failed', metric: ({ source }) => source.failed },
  {
    title: 'Dead letters',
    metric: ({ source }) =>
      source.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
  },
  { title: 'Age of the oldest message', metric: ({ source }) => source.age.metric },
  { title: 'Duration, average (ms)', metric: duration('Average') },
  { title: 'Duration, p50 (ms)', metric: duration('p50') },
  { title: 'Duration, p99 (ms)', metric: duration('p99') },
  {
    title: 'Duration per message (ms)',
    metric: (technique) =>
      technique.metrics?.ofBatches('DurationPerMessage', 'p50') ?? durationPerMessageDone(technique),
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

function durationPerMessageDone(technique: TechniqueFunction): MathExpression {
  return math(technique.node.id, 'duration / done', {
    duration: duration('Sum')(technique),
    done: technique.source.done,
  });
}

/**
 * As billed, or where no log tells that: the durations, without INIT and the rounding up to 1 ms. On managed instances
 * it is those that cost.
 */
function gbSeconds(technique: TechniqueFunction): MathExpression | undefined {
  if (technique.settings.managed) return undefined;
  return math(technique.node.id, `billed / 1000 * ${technique.settings.memory} / 1024`, {
    billed: technique.metrics?.billedMs ?? duration('Sum')(technique),
  });
}

function cost(technique: TechniqueFunction): MathExpression | undefined {
  const used = gbSeconds(technique);
  if (!used) return undefined;
  const { gbSecond, millionRequests } = prices;
  const { architecture } = technique.settings;
  const expression = `gbSeconds * ${gbSecond[architecture]} + invocations * ${millionRequests} / 1000000`;
  return math(technique.node.id, expression, {
    gbSeconds: used,
    invocations: technique.function.metricInvocations({ statistic: 'Sum' }),
  });
}
