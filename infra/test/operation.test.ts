import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';

import type { SourceName } from '../src/settings/settings.ts';
import { techniques } from '../src/techniques.ts';
import { everySource } from './contexts.ts';
import { templateOf } from './stack-of.ts';

const operating = readFileSync(path.resolve(import.meta.dirname, '../../docs/operating.md'), 'utf8');

/** The headings of operating.md, as links name them. */
const headings = [...operating.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
  heading.toLowerCase().replaceAll(' ', '-'),
);

/** An alarm of the template. */
interface Alarm {
  readonly Properties: {
    readonly AlarmDescription: string;
    readonly Threshold: number;
    readonly MetricName: string;
  };
}

function alarmsOf(context: Readonly<Record<string, unknown>>): readonly Alarm['Properties'][] {
  const alarms = Object.values(templateOf(context).findResources('AWS::CloudWatch::Alarm')) as Alarm[];
  return alarms.map(({ Properties }) => Properties);
}

describe.each(everySource)('the alarms of %s', (source, context) => {
  const alarms = alarmsOf({ ...context, timeout: 40 });

  it('link to a heading of docs/operating.md', () => {
    const linked = alarms.map(({ AlarmDescription: text }) => /docs\/operating\.md#(\S+)$/.exec(text)?.[1]);
    expect(linked).toHaveLength(alarmsPerTechnique(source) * techniques.length);
    for (const heading of linked) expect(headings).toContain(heading);
  });

  it('go off when an invocation takes 90% of its timeout', () => {
    const limits = alarms.filter(({ MetricName }) => MetricName === 'Duration');
    expect(limits.map(({ Threshold }) => Threshold)).toEqual(techniques.map(() => 36_000));
  });

  it('name the technique', () => {
    const named = alarms.map(({ AlarmDescription }) => AlarmDescription.split(':')[0]);
    expect(new Set(named)).toEqual(new Set(techniques.map((name) => `ParallelLambda/${name}/Batch`)));
  });
});

describe('the age of the oldest message', () => {
  it.each([
    [{}, 'ApproximateAgeOfOldestMessage', 3 * 181],
    [{ timeout: 60 }, 'ApproximateAgeOfOldestMessage', 3 * 361],
    [{ source: 'fifo' }, 'ApproximateAgeOfOldestMessage', 5 * 180],
    [{ source: 'kinesis' }, 'IteratorAge', 900_000],
  ])('with %j is %s, with a limit of %d', (context, metric, limit) => {
    const ages = alarmsOf(context).filter(({ MetricName }) => MetricName === metric);
    expect(ages.map(({ Threshold }) => Threshold)).toEqual(techniques.map(() => limit));
  });
});

describe.each(everySource)('the dashboard of %s', (_, context) => {
  it.each([
    ['on', 16],
    ['off', 12],
  ])('with metrics %s has a line of each technique in each of its %d graphs', (metrics, count) => {
    const [body = '', ...others] = dashboardsOf({ ...context, metrics });
    expect(others).toEqual([]);
    const graphs = body.split('timeSeries').slice(1);
    expect(graphs).toHaveLength(count);
    for (const graph of graphs) {
      for (const technique of techniques) expect(graph).toContain(`"label":"${technique}"`);
    }
  });
});

describe.each(everySource)('the parking queue of %s', (source, context) => {
  const parked = { ...context, parking: 'on' };

  it('has an alarm with a heading of docs/operating.md', () => {
    const alarms = alarmsOf(parked);
    expect(alarms).toHaveLength((alarmsPerTechnique(source) + 1) * techniques.length);
    const texts = alarms.map(({ AlarmDescription }) => AlarmDescription);
    expect(texts.filter((text) => text.endsWith('docs/operating.md#parked-messages'))).toHaveLength(3);
    expect(headings).toContain('parked-messages');
  });

  it('adds graphs of parked messages, apart from failed and delayed ones', () => {
    const [body = ''] = dashboardsOf(parked);
    const titles = [...body.matchAll(/"title":"([^"]+)"/g)].map(([, title]) => title);
    const own = ['Messages parked', 'Parked messages in the queue'];
    expect(titles).toEqual(expect.arrayContaining(['Messages failed', 'Messages delayed', ...own]));
    const [without = ''] = dashboardsOf(context);
    for (const title of own) expect(without).not.toContain(title);
  });
});

describe('deliveries failed', () => {
  it.each(everySource)('of %s are counted by the mapping', (_, context) => {
    const [body = ''] = dashboardsOf(context);
    const graph = body.split('timeSeries').find((each) => each.includes('"title":"Deliveries failed"'));
    expect(graph).toContain('"FailedInvokeEventCount"');
    templateOf(context).allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      MetricsConfig: { Metrics: ['EventCount'] },
    });
  });
});

it('alarms notify the topic of alarmTopic', () => {
  const alarmTopic = 'arn:aws:sns:eu-central-1:111122223333:alarms';
  templateOf({ alarmTopic }).allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [alarmTopic] });
});

/** Streams have one more alarm: for dead letters that Lambda could not send. */
function alarmsPerTechnique(source: SourceName): number {
  return source === 'sqs' || source === 'fifo' ? 5 : 6;
}

/** Returns the dashboards of a stack as text. */
function dashboardsOf(context: Readonly<Record<string, unknown>>): readonly string[] {
  const dashboards = Object.values(templateOf(context).findResources('AWS::CloudWatch::Dashboard'));
  return dashboards.map((dashboard) => JSON.stringify(dashboard).replaceAll('\\', ''));
}

describe('the metrics of batches', () => {
  it('is on the dashboard, by function', () => {
    const [body] = dashboardsOf({});
    for (const name of ['MessagesSucceeded', 'MessagesFailed', 'MessagesUnfinished', 'BatchSize']) {
      expect(body).toContain(`"ParallelLambda","${name}","FunctionName",`);
    }
  });

  it('is off with metrics=off, and no graph shows it', () => {
    const template = templateOf({ metrics: 'off' });
    template.allResourcesProperties('AWS::Lambda::Function', {
      Environment: { Variables: { METRICS: 'off' } },
    });
    template.resourceCountIs('AWS::Logs::MetricFilter', 0);
    expect(dashboardsOf({ metrics: 'off' })[0]).not.toContain('"ParallelLambda"');
  });
});

describe('the billed duration', () => {
  it('is read from the report line of each invocation', () => {
    templateOf().allResourcesProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.type = "platform.report" }',
      MetricTransformations: [
        Match.objectLike({ MetricName: 'BilledDuration', MetricValue: '$.record.metrics.billedDurationMs' }),
      ],
    });
    expect(dashboardsOf({})[0]).toContain('"ParallelLambda/promises","BilledDuration"');
  });

  it('is the duration if the log is text', () => {
    templateOf({ logFormat: 'text' }).resourceCountIs('AWS::Logs::MetricFilter', 0);
    expect(dashboardsOf({ logFormat: 'text' })[0]).not.toContain('BilledDuration');
  });
});

it.each([
  [
    'arm64',
    'gbSeconds_ParallelLambda_promises * 0.0000133334 + invocations_ParallelLambda_promises * 0.2 / 1000000',
  ],
  [
    'x86_64',
    'gbSeconds_ParallelLambda_promises * 0.0000166667 + invocations_ParallelLambda_promises * 0.2 / 1000000',
  ],
])('the dashboard uses the prices of %s', (architecture, expression) => {
  const dashboards = templateOf({ architecture, memory: 2048 }).findResources('AWS::CloudWatch::Dashboard');
  expect(JSON.stringify(dashboards)).toContain(expression);
  expect(JSON.stringify(dashboards)).toContain('billed_ParallelLambda_promises / 1000 * 2048 / 1024');
});
