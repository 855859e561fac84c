import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import type { BoundSource } from './bound-source.ts';
import { queueMetric } from './metrics.ts';
import { timeoutOf } from './target.ts';

/** Options of {@link addAlarms}. */
export interface AlarmOptions {
  readonly function: IFunction;
  readonly source: BoundSource;
  readonly parkingQueue?: IQueue | undefined;
  /** Resources of the alarms, for their descriptions. */
  readonly name: string;
  /** URL of a page with a heading for each alarm. @default descriptions have no link */
  readonly runbook?: string | undefined;
}

interface Rule {
  readonly id: string;
  /** Heading of the runbook. */
  readonly heading: string;
  readonly description: string;
  readonly metric: Metric;
  /** The alarm goes off above it. */
  readonly limit: number;
  /** Periods of five minutes, of the last three, that must be above the limit. @default 1 */
  readonly periods?: number;
}

/** Adds the alarms of a function and its source. */
export function addAlarms(scope: Construct, options: AlarmOptions): readonly Alarm[] {
  const { name, runbook } = options;
  return [...sourceRules(options), ...functionRules(options)].map(
    ({ id, heading, description, metric, limit, periods = 1 }) => {
      const link = runbook === undefined ? '' : ` What to do: ${runbook}#${heading}`;
      return new Alarm(scope, id, {
        alarmDescription: `${name}: ${description}${link}`,
        metric: metric.with({ period: Duration.minutes(5) }),
        threshold: limit,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: periods > 1 ? 3 : 1,
        datapointsToAlarm: periods,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    },
  );
}

function sourceRules({ source, parkingQueue }: AlarmOptions): readonly Rule[] {
  const { lag, deadLetterQueue, lost } = source;
  return [
    {
      id: 'DeadLettersAlarm',
      heading: 'dead-letters',
      description: 'There are dead letters.',
      metric: queueMetric(deadLetterQueue, 'ApproximateNumberOfMessagesVisible'),
      limit: 0,
    },
    ...(parkingQueue
      ? [
          {
            id: 'ParkedMessagesAlarm',
            heading: 'parked-messages',
            description: 'Messages were parked.',
            metric: queueMetric(parkingQueue, 'ApproximateNumberOfMessagesVisible'),
            limit: 0,
          },
        ]
      : []),
    ...(lost
      ? [
          {
            id: 'LostDeadLettersAlarm',
            heading: 'lost-dead-letters',
            description: 'Lambda could not send dead letters to their queue, so they are lost.',
            metric: lost,
            limit: 0,
          },
        ]
      : []),
    {
      id: 'AgeAlarm',
      heading: 'age-of-the-oldest-message',
      description: `The function is more than ${lag.limit} ${lag.unit} behind.`,
      metric: lag.metric,
      limit: lag.limit,
      periods: 2,
    },
  ];
}

function functionRules({ function: target }: AlarmOptions): readonly Rule[] {
  return [
    {
      id: 'ErrorsAlarm',
      heading: 'errors',
      description: 'Invocations failed.',
      metric: target.metricErrors({ statistic: 'Sum' }),
      limit: 0,
    },
    {
      id: 'ThrottlesAlarm',
      heading: 'throttles',
      description: 'Lambda throttled invocations.',
      metric: target.metricThrottles({ statistic: 'Sum' }),
      limit: 0,
      periods: 2,
    },
    ...durationRules(target),
  ];
}

function durationRules(target: IFunction): readonly Rule[] {
  const timeout = timeoutOf(target);
  if (!timeout) return [];
  const longMs = 0.9 * timeout.toMilliseconds();
  return [
    {
      id: 'DurationAlarm',
      heading: 'duration-near-the-timeout',
      description: `One percent of the invocations took more than ${longMs} ms of the timeout of ${timeout.toSeconds()} s.`,
      metric: target.metricDuration({ statistic: 'p99' }),
      limit: longMs,
      periods: 2,
    },
  ];
}
