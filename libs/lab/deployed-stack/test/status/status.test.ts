import {
  inAccount,
  inAccountWithQueues,
  json,
  jsonError,
  stack,
  type Answer,
  type Answers,
  type Input,
} from '@parallel-lambda/fake-aws';
import { describe, expect, it } from 'vitest';

import { functionMetrics } from '../../src/status/function-metrics.ts';
import { messagesLeft, readStatus, watchStatus, type StackStatus } from '../../src/status/status.ts';

const { PromisesFunctionName, PromisesQueueUrl, PromisesDeadLetterQueueUrl } = {
  PromisesFunctionName: 'promises-7B7F',
  PromisesQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/queue',
  PromisesDeadLetterQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/dead',
};
const deployed = stack({ PromisesFunctionName, PromisesQueueUrl, PromisesDeadLetterQueueUrl });

/** A queue that has these depths one after another, and two dead letters, one of them in flight. */
function holding(...depths: readonly number[]): Answers {
  let reads = 0;
  const attributes = (visible: number, inFlight: number): Answer =>
    json({
      Attributes: {
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        ApproximateNumberOfMessagesDelayed: '0',
      },
    });
  return {
    DescribeStacks: () => deployed,
    GetQueueAttributes: ({ QueueUrl }) =>
      QueueUrl === PromisesQueueUrl
        ? attributes(depths[Math.min(reads++, depths.length - 1)] ?? 0, 0)
        : attributes(1, 1),
    GetMetricData: () => json({ MetricDataResults: [{ Id: 'f0_invocations', Values: [3, 4] }] }),
  };
}

const options = { stack: 'ParallelLambda', minutes: 60 };

async function watch(): Promise<readonly StackStatus[]> {
  const statuses = [];
  for await (const status of watchStatus(options, () => Promise.resolve())) statuses.push(status);
  return statuses;
}

describe('the status of a stack', () => {
  it('has the queue, the dead letters and the metrics of each function', async () => {
    await inAccount(holding(5));
    await expect(readStatus(options)).resolves.toEqual({
      functions: [
        {
          function: 'promises',
          hasSource: true,
          queue: { visible: 5, inFlight: 0, delayed: 0 },
          deadLetters: 2,
          parked: null,
          metrics: {
            invocations: 7,
            errors: 0,
            throttles: 0,
            meanDurationMs: 0,
            maxDurationMs: null,
            iteratorAgeMs: null,
          },
        },
      ],
    });
  });

  it('counts the messages of a real queue', async () => {
    const { sqs, queueName } = await inAccountWithQueues(false, {
      GetMetricData: () => json({ MetricDataResults: [] }),
    });
    sqs.sendMessage(queueName, '1');
    sqs.sendMessage(queueName, '2', { delaySeconds: 600 });
    await expect(readStatus(options)).resolves.toMatchObject({
      functions: [{ queue: { visible: 1, inFlight: 0, delayed: 1 }, deadLetters: 0 }],
    });
  });

  it.each([
    ['does not support CloudWatch', jsonError('UnknownOperationException', 'No such action', 404)],
    [
      'does not allow it',
      jsonError('AccessDenied', 'not authorized to perform: cloudwatch:GetMetricData', 403),
    ],
  ])('has no metrics, and the reason, if the endpoint %s', async (_, answer) => {
    await inAccount({ ...holding(5), GetMetricData: () => answer });
    const { functions, metricsError } = await readStatus(options);
    expect(functions).toMatchObject([{ queue: { visible: 5 }, metrics: null }]);
    expect(metricsError).toMatch(/No such action|not authorized/);
  });

  it('of a stack without queues is read once, because a stream has no count of messages', async () => {
    const aws = await inAccount({
      DescribeStacks: () => stack({ PromisesFunctionName, PromisesStreamName: 'orders' }),
      GetMetricData: () => json({ MetricDataResults: [{ Id: 'f0_age', Values: [2500, 100] }] }),
    });
    await expect(watch()).resolves.toMatchObject([
      { functions: [{ queue: null, metrics: { iteratorAgeMs: 2500 } }] },
    ]);
    expect(aws.requested).toEqual(['DescribeStacks', 'GetMetricData']);
  });

  it('is read until two reads in a row find no message', async () => {
    const aws = await inAccount(holding(12, 12, 3, 0, 4, 0, 0, 99));
    const statuses = await watch();
    expect(statuses.map(({ functions: [one] }) => one && messagesLeft(one))).toEqual([12, 12, 3, 0, 4, 0, 0]);
    // Metrics cost money, and change once per minute.
    expect(aws.requested.filter((action) => action === 'GetMetricData')).toHaveLength(1);
  });
});

describe('the metrics of a function', () => {
  it('are the sums of the period, and the mean duration of its invocations', async () => {
    const requests: Input[] = [];
    const values: Readonly<Record<string, readonly number[]>> = {
      f0_invocations: [2, 2],
      f0_errors: [1],
      f0_throttles: [5],
      f0_duration: [100, 300],
      f0_max: [60, 250],
      f0_age: [900, 4000],
      f1_invocations: [],
    };
    await inAccount({
      GetMetricData: (input) => {
        requests.push(input);
        // In two pages, as for a long period.
        const [first, ...others] = Object.entries(values).map(([Id, Values]) => ({ Id, Values }));
        return json(
          input.NextToken ? { MetricDataResults: others } : { MetricDataResults: [first], NextToken: 'more' },
        );
      },
    });
    const metrics = await functionMetrics(['promises-7B7F', 'threads-1A2B'], 30);
    expect([...metrics]).toEqual([
      [
        'promises-7B7F',
        {
          invocations: 4,
          errors: 1,
          throttles: 5,
          meanDurationMs: 100,
          maxDurationMs: 250,
          iteratorAgeMs: 900,
        },
      ],
      [
        'threads-1A2B',
        {
          invocations: 0,
          errors: 0,
          throttles: 0,
          meanDurationMs: null,
          maxDurationMs: null,
          iteratorAgeMs: null,
        },
      ],
    ]);
    const [{ StartTime, EndTime, MetricDataQueries }] = requests as [Record<string, unknown>];
    expect(Number(EndTime) - Number(StartTime)).toBe(30 * 60);
    expect(MetricDataQueries).toHaveLength(12);
    expect((MetricDataQueries as readonly unknown[])[3]).toEqual({
      Id: 'f0_duration',
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Lambda',
          MetricName: 'Duration',
          Dimensions: [{ Name: 'FunctionName', Value: 'promises-7B7F' }],
        },
        Period: 60,
        Stat: 'Sum',
      },
    });
  });
});
