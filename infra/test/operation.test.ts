import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { techniques } from '../src/techniques.ts';
import { everySource } from './contexts.ts';
import { templateOf } from './stack-of.ts';

const operating = readFileSync(path.resolve(import.meta.dirname, '../../docs/operating.md'), 'utf8');

/** The headings of the operator's document, as links name them. */
const headings = [...operating.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
  heading.toLowerCase().replaceAll(' ', '-'),
);

/** An alarm as the template has it. */
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

describe.each(everySource)('the alarms of %s', (_, context) => {
  const alarms = alarmsOf({ ...context, timeout: 40 });

  it('say each by a heading of docs/operating.md what to do', () => {
    const linked = alarms.map(({ AlarmDescription: text }) => /docs\/operating\.md#(\S+)$/.exec(text)?.[1]);
    expect(linked).toHaveLength(5 * techniques.length);
    for (const heading of linked) expect(headings).toContain(heading);
  });

  it('go off when an invocation takes nine tenths of its time', () => {
    const limits = alarms.filter(({ MetricName }) => MetricName === 'Duration');
    expect(limits.map(({ Threshold }) => Threshold)).toEqual([36_000, 36_000, 36_000]);
  });

  it('name the technique', () => {
    const named = alarms.map(({ AlarmDescription }) => AlarmDescription.split(':')[0]);
    expect(new Set(named)).toEqual(new Set(techniques));
  });
});

describe('the age of the oldest message', () => {
  it.each([
    [{}, 'ApproximateAgeOfOldestMessage', 3 * 181],
    [{ timeout: 60 }, 'ApproximateAgeOfOldestMessage', 3 * 361],
    [{ source: 'kinesis' }, 'IteratorAge', 900_000],
  ])('with %j is %s, too much above %d', (context, metric, limit) => {
    const ages = alarmsOf(context).filter(({ MetricName }) => MetricName === metric);
    expect(ages.map(({ Threshold }) => Threshold)).toEqual([limit, limit, limit]);
  });
});

describe.each(everySource)('the dashboard of %s', (_, context) => {
  const [body = '', ...others] = Object.values(
    templateOf(context).findResources('AWS::CloudWatch::Dashboard'),
  ).map((dashboard) => JSON.stringify(dashboard).replaceAll('\\', ''));

  it('is one', () => {
    expect(others).toEqual([]);
  });

  it('has a line of each technique in every graph', () => {
    const graphs = body.split('timeSeries').slice(1);
    expect(graphs).toHaveLength(12);
    for (const graph of graphs) {
      for (const technique of techniques) expect(graph).toContain(`"label":"${technique}"`);
    }
  });
});

it.each([
  ['arm64', 'gbSeconds_promises * 0.0000133334 + invocations_promises * 0.2 / 1000000'],
  ['x86_64', 'gbSeconds_promises * 0.0000166667 + invocations_promises * 0.2 / 1000000'],
])('the dashboard counts with the prices of %s', (architecture, expression) => {
  const dashboards = templateOf({ architecture, memory: 2048 }).findResources('AWS::CloudWatch::Dashboard');
  expect(JSON.stringify(dashboards)).toContain(expression);
  expect(JSON.stringify(dashboards)).toContain('duration_promises / 1000 * 2048 / 1024');
});
