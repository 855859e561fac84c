import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  findStack,
  functionMetrics,
  StackObserver,
  watchUntilDrained,
} from '@parallel-lambda/deployed-stack';
import { makeDisplay } from '../../src/status/display.ts';
import { statusTable } from '../../src/status/status-table.ts';
import { json, jsonError, stack, type Answer, type Answers, type Input } from './fake-aws.ts';
import { inAccount, inAccountWithQueues } from './in-account.ts';
import { labHere } from './lab-here.ts';

const { PromisesFunctionName, PromisesQueueUrl, PromisesDeadLetterQueueUrl } = {
  PromisesFunctionName: 'promises-7B7F',
  PromisesQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/queue',
  PromisesDeadLetterQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/dead',
};
const deployed = stack({ PromisesFunctionName, PromisesQueueUrl, PromisesDeadLetterQueueUrl });

/** Depths that the queue has one after another, the last for ever; two dead letters, of which one is in flight. */
function holding(...depths: readonly number[]): Answers {
  let looks = 0;
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
        ? attributes(depths[Math.min(looks++, depths.length - 1)] ?? 0, 0)
        : attributes(1, 1),
    GetMetricData: () => json({ MetricDataResults: [{ Id: 'f0_invocations', Values: [3, 4] }] }),
  };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('lab status', () => {
  it('tells of every function how its queue, its dead letters and its metrics stand', async () => {
    await inAccount(holding(5));
    const { code, stdout } = await labHere('status', '--json');
    expect({ code, stdout: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      stdout: [
        {
          function: 'promises',
          queue: { visible: 5, inFlight: 0, delayed: 0 },
          deadLetters: 2,
          metrics: {
            invocations: 7,
            errors: 0,
            throttles: 0,
            meanDurationMs: 0,
            mostDurationMs: null,
            iteratorAgeMs: null,
          },
        },
      ],
    });
  });

  it('counts what is in a real queue', async () => {
    const { sqs, queueName } = await inAccountWithQueues(false, {
      GetMetricData: () => json({ MetricDataResults: [] }),
    });
    sqs.sendMessage(queueName, '1');
    sqs.sendMessage(queueName, '2', { delaySeconds: 600 });
    const { stdout } = await labHere('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject([
      { queue: { visible: 1, inFlight: 0, delayed: 1 }, deadLetters: 0 },
    ]);
  });

  it.each([
    ['does not know CloudWatch', jsonError('UnknownOperationException', 'No such action', 404)],
    [
      'does not permit it',
      jsonError('AccessDenied', 'not authorized to perform: cloudwatch:GetMetricData', 403),
    ],
  ])('shows the queues where the endpoint %s', async (_, answer) => {
    await inAccount({ ...holding(5), GetMetricData: () => answer });
    const { code, stdout, stderr } = await labHere('status', '--once');
    expect(code).toBe(0);
    expect(stdout).toMatch(/│ promises +│ +5 │ +0 │ +0 │ +2 │ +- │/);
    expect(stderr).toMatch(/^lab: there are no metrics of the functions: .+\n$/);
  });

  it('does not say of a stream that it is drained: it looks once, and tells how far behind it was', async () => {
    const source = { PromisesFunctionName, PromisesStreamName: 'orders' };
    const aws = await inAccount({
      DescribeStacks: () => stack(source),
      GetMetricData: () => json({ MetricDataResults: [{ Id: 'f0_age', Values: [2500, 100] }] }),
    });
    const { stdout, stderr } = await labHere('status', '--watch', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ queue: null, metrics: { iteratorAgeMs: 2500 } }]);
    expect(stderr).toMatch(/^lab: promises: a stream or topic tells no backlog, so .+ not known; .+\n$/);
    expect(aws.asked).toEqual(['DescribeStacks', 'GetMetricData']);
  });

  it('watches until two looks in a row have found nothing', async () => {
    const aws = await inAccount(holding(12, 12, 3, 0, 4, 0, 0, 99));
    const stderr = vi.spyOn(console, 'error').mockReturnValue();
    const stdout = vi.spyOn(console, 'log').mockReturnValue();
    const observer = new StackObserver(await findStack('ParallelLambda'), 60);
    await watchUntilDrained(observer, makeDisplay(60, false), () => Promise.resolve());
    expect(stderr.mock.calls.flat()).toEqual(
      [12, 3, 0, 4, 0].map((left) => `messages left: promises ${left}`),
    );
    expect(stdout.mock.calls).toEqual([[expect.stringMatching(/│ promises +│ +0 │/)]]);
    // They are paid by the look, and new once a minute.
    expect(aws.asked.filter((action) => action === 'GetMetricData')).toHaveLength(1);
  });
});

describe("a function's metrics", () => {
  it('are sums of the minutes, and the mean of what was invoked', async () => {
    const asked: Input[] = [];
    const values: Readonly<Record<string, readonly number[]>> = {
      f0_invocations: [2, 2],
      f0_errors: [1],
      f0_throttles: [5],
      f0_duration: [100, 300],
      f0_longest: [60, 250],
      f0_age: [900, 4000],
      f1_invocations: [],
    };
    await inAccount({
      GetMetricData: (input) => {
        asked.push(input);
        // In two pages, as for many minutes.
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
          mostDurationMs: 250,
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
          mostDurationMs: null,
          iteratorAgeMs: null,
        },
      ],
    ]);
    const [{ StartTime, EndTime, MetricDataQueries }] = asked as [Record<string, unknown>];
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

it('a table has a dash where nothing is known', () => {
  const table = statusTable(
    [
      {
        function: 'promises',
        queue: { visible: 12, inFlight: 300, delayed: 0 },
        deadLetters: 1,
        metrics: {
          invocations: 4,
          errors: 1,
          throttles: 0,
          meanDurationMs: 212.4,
          mostDurationMs: 1250,
          iteratorAgeMs: 2500,
        },
      },
      { function: 'worker-threads', queue: null, deadLetters: 0, metrics: null },
    ],
    60,
  );
  expect(table).toMatchInlineSnapshot(`
    "┌────────────────┬─────────┬───────────┬─────────┬──────┬────────┬─────────┬────────┬───────────┬────────┬─────────┐
    │                │ visible │ in flight │ delayed │ dead │ behind │ invoked │ errors │ throttled │   mean │ longest │
    ├────────────────┼─────────┼───────────┼─────────┼──────┼────────┼─────────┼────────┼───────────┼────────┼─────────┤
    │ promises       │      12 │       300 │       0 │    1 │ 2.50 s │       4 │      1 │         0 │ 212 ms │  1.25 s │
    │ worker-threads │       - │         - │       - │    0 │      - │       - │      - │         - │      - │       - │
    └────────────────┴─────────┴───────────┴─────────┴──────┴────────┴─────────┴────────┴───────────┴────────┴─────────┘
    Messages, about, and what the functions did in the last 60 minutes"
  `);
});
