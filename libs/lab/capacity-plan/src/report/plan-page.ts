import {
  coursePlot,
  picturePage,
  priceList,
  type CourseSeries,
  type Picture,
  type PriceList,
} from '@parallel-lambda/report';

import type { CapacityPlan } from '../plan-capacity.ts';
import type { Plan } from '../plan.ts';
import { maxOf, meanOf } from './condense.ts';
import { figuresOf } from './figures.ts';
import { assumptions, findingsOf } from './findings.ts';
import { managedPicture } from './managed-picture.ts';
import { countText, messagesText, momentText, timeText } from './units.ts';

/** Points of a line: a reader cannot see more. */
const points = 360;

/** Rows of the table of a picture. */
const rows = 48;

/** Returns a plan as one HTML page, like the report of measurements. */
export function planPage(plan: CapacityPlan, prices: PriceList = priceList): string {
  const { billing, scenario, basis, region } = plan;
  const { warnings, notes } = findingsOf(plan);
  return picturePage({
    title: 'Capacity plan',
    introduction:
      'A simulation of an SQS queue, the event source mapping of Lambda and the function. Only the duration of a batch can be ' +
      'measured.',
    figures: [
      ['Batch', basis],
      ['Mapping', `batches of up to ${scenario.batchSize}, window of ${scenario.windowSeconds} s`],
      ['Function', `${billing.memoryMb} MB, ${billing.architecture}, ${region}`],
      ...figuresOf(plan),
      ['Prices', `as of ${prices.asOf}: ${prices.source}, https://aws.amazon.com/sqs/pricing/`],
    ],
    warnings,
    pictures: [...picturesOf(plan, notes), ...(plan.managed ? [managedPicture(plan, plan.managed)] : [])],
    footer: assumptions.join(' '),
  });
}

interface Line {
  readonly name: string;
  readonly values: Float64Array;
  readonly condense: typeof meanOf;
}

function picturesOf(plan: Plan, notes: readonly string[]): readonly Picture[] {
  const { series, concurrency, backlogMax, oldestAgeMax, totals } = plan;
  return [
    pictureOf(
      {
        id: 'arrivals',
        title: 'Messages that arrive and are processed',
        howToRead:
          'Messages per second. While the second line is below the first, the backlog grows; while it is above, the backlog shrinks.',
        findings: [
          `${messagesText(totals.arrived)} arrive, ${countText(totals.processed)} are processed.`,
          ...notes,
        ],
      },
      'messages per second',
      [
        { name: 'arrive', values: series.arrived, condense: meanOf },
        { name: 'processed', values: series.processed, condense: meanOf },
      ],
    ),
    pictureOf(
      {
        id: 'concurrency',
        title: 'Concurrency',
        howToRead:
          'Batches in flight: each needs an execution environment. The line shows the maximum of each period.',
        findings: [`Median ${countText(concurrency.p50)}, maximum ${countText(concurrency.max)}.`],
      },
      'batches',
      [{ name: 'concurrency', values: series.concurrency, condense: maxOf }],
    ),
    pictureOf(
      {
        id: 'backlog',
        title: 'Backlog',
        howToRead: 'Visible messages: not received yet, or failed and visible again.',
        findings: [`Maximum ${messagesText(backlogMax)}.`],
      },
      'messages',
      [{ name: 'backlog', values: series.backlog, condense: maxOf }],
    ),
    pictureOf(
      {
        id: 'age',
        title: 'Age of the oldest message',
        howToRead:
          'Seconds since the oldest visible message arrived. The line is at zero while no message waits.',
        findings: [oldestAgeMax === 0 ? 'No message waits.' : `Maximum ${timeText(oldestAgeMax)}.`],
      },
      'seconds',
      [{ name: 'oldest age', values: series.oldestAge, condense: maxOf }],
    ),
  ];
}

function pictureOf(
  about: Omit<Picture, 'chart' | 'figures'>,
  valueName: string,
  lines: readonly Line[],
): Picture {
  const seconds = lines[0]?.values.length ?? 0;
  const series = lines.map(({ name, values, condense }): CourseSeries => {
    const condensed = condense(values, points);
    return {
      name,
      points: condensed.map((value, index) => [(((index + 0.5) / condensed.length) * seconds) / 3600, value]),
    };
  });
  const columns = lines.map(({ values, condense }) => condense(values, rows));
  return {
    ...about,
    chart: (width) => coursePlot(series, { hours: seconds / 3600, valueName }, width),
    figures: {
      columns: ['from', ...lines.map(({ name }) => name)],
      rows: (columns[0] ?? []).map((_, index) => [
        momentText(Math.floor((index * seconds) / Math.min(rows, seconds))),
        ...columns.map((column) => countText(column[index] ?? 0)),
      ]),
    },
  };
}
