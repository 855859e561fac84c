import type { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';

import type { TechniqueFunction } from '../technique-function.ts';
import { math } from './math.ts';
import { prices } from './prices.ts';

/** One graph of the dashboard: a line for each technique. */
export interface Panel {
  readonly title: string;
  readonly metric: (technique: TechniqueFunction) => Metric | MathExpression;
}

/** What is to be seen of the techniques side by side, three in a row. */
export const panels: readonly Panel[] = [
  { title: 'Messages done', metric: ({ source }) => source.done },
  { title: 'Deliveries failed', metric: ({ source }) => source.failed },
  {
    title: 'Dead letters',
    metric: ({ source }) =>
      source.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
  },
  { title: 'Duration, average (ms)', metric: duration('Average') },
  { title: 'Duration, p50 (ms)', metric: duration('p50') },
  { title: 'Duration, p99 (ms)', metric: duration('p99') },
  {
    title: 'Duration per message done (ms)',
    metric: (technique) =>
      math(technique.node.id, 'duration / done', {
        duration: duration('Sum')(technique),
        done: technique.source.done,
      }),
  },
  { title: 'GB-seconds', metric: gbSeconds },
  { title: 'Cost of Lambda in us-east-1 ($)', metric: cost },
  {
    title: 'Failed invocations',
    metric: ({ function: target }) => target.metricErrors({ statistic: 'Sum' }),
  },
  {
    title: 'Concurrency',
    metric: ({ function: target }) => target.metric('ConcurrentExecutions', { statistic: 'Maximum' }),
  },
  { title: 'Age of the oldest message', metric: ({ source }) => source.age.metric },
];

function duration(statistic: string): (technique: TechniqueFunction) => Metric {
  return ({ function: target }) => target.metricDuration({ statistic });
}

/** Without what is billed beside the duration: the rounding up to 1 ms, and INIT. CloudWatch has no metric of it. */
function gbSeconds(technique: TechniqueFunction): MathExpression {
  return math(technique.node.id, `duration / 1000 * ${technique.settings.memory} / 1024`, {
    duration: duration('Sum')(technique),
  });
}

function cost(technique: TechniqueFunction): MathExpression {
  const { gbSecond, millionRequests } = prices;
  const { architecture } = technique.settings;
  const expression = `gbSeconds * ${gbSecond[architecture]} + invocations * ${millionRequests} / 1000000`;
  return math(technique.node.id, expression, {
    gbSeconds: gbSeconds(technique),
    invocations: technique.function.metricInvocations({ statistic: 'Sum' }),
  });
}
