import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

import type { TechniqueFunction } from '../technique-function.ts';

/** When an alarm goes off. */
interface Rule {
  readonly id: string;
  /** The heading of `docs/operating.md` that says what to do. */
  readonly heading: string;
  /** A sentence. */
  readonly says: string;
  readonly metric: Metric;
  /** It goes off above it. */
  readonly limit: number;
  /** How many of three periods of five minutes must be above it. @default 1 */
  readonly periods?: number;
}

/**
 * Makes the alarms of one technique. Nobody is told: what they are to do besides being red is the account's to
 * say. Each one's description leads to what to do.
 */
export function addAlarms(scope: Construct, technique: TechniqueFunction): void {
  for (const { id, heading, says, metric, limit, periods = 1 } of rules(technique)) {
    new Alarm(scope, id, {
      alarmDescription: `${technique.node.id}: ${says} What to do: docs/operating.md#${heading}`,
      metric: metric.with({ period: Duration.minutes(5) }),
      threshold: limit,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods > 1 ? 3 : 1,
      datapointsToAlarm: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

function rules({ function: target, source, settings }: TechniqueFunction): readonly Rule[] {
  const { age, deadLetterQueue } = source;
  const longMs = 900 * settings.timeout;
  return [
    {
      id: 'DeadLettersAlarm',
      heading: 'dead-letters',
      says: 'Messages were given up.',
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      limit: 0,
    },
    {
      id: 'AgeAlarm',
      heading: 'age-of-the-oldest-message',
      says: `The function is more than ${age.limit} ${age.unit} behind.`,
      metric: age.metric,
      limit: age.limit,
      periods: 2,
    },
    {
      id: 'ErrorsAlarm',
      heading: 'errors',
      says: 'Invocations failed as a whole.',
      metric: target.metricErrors({ statistic: 'Sum' }),
      limit: 0,
    },
    {
      id: 'ThrottlesAlarm',
      heading: 'throttles',
      says: 'Lambda refused invocations.',
      metric: target.metricThrottles({ statistic: 'Sum' }),
      limit: 0,
      periods: 2,
    },
    {
      id: 'DurationAlarm',
      heading: 'duration-near-the-timeout',
      says: `A hundredth of the invocations took more than ${longMs} ms of the ${settings.timeout} s that there are.`,
      metric: target.metricDuration({ statistic: 'p99' }),
      limit: longMs,
      periods: 2,
    },
  ];
}
