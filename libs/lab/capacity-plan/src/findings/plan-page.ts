import {
  coursePlot,
  picturePage,
  priceList,
  type CourseSeries,
  type Picture,
  type PriceList,
} from '@parallel-lambda/report';

import { highestOf, meanOf } from './condense.ts';
import { assumptions, findingsOf } from './findings.ts';
import { planFigures } from './plan-table.ts';
import { countText, momentText, timeText } from './plan-text.ts';
import type { Plan } from './planned.ts';

/** Points of a line: more cannot be seen. */
const points = 360;

/** Rows of the table behind a picture. */
const rows = 48;

/**
 * A plan as one HTML file, as the reports of what was measured.
 *
 * @param basis what it is made of: a name and a text each
 */
export function planPage(
  plan: Plan,
  basis: readonly (readonly [name: string, text: string])[],
  prices: PriceList = priceList,
): string {
  const { warnings, notes } = findingsOf(plan);
  return picturePage({
    title: 'What a load comes to: a plan',
    introduction:
      'An SQS queue, Lambda’s event source mapping and the function behind it, simulated: nothing here was measured but what a batch takes, ' +
      'where that is said.',
    facts: [
      ...basis,
      ...planFigures(plan),
      ['Prices', `as of ${prices.asOf}: ${prices.source}, https://aws.amazon.com/sqs/pricing/`],
    ],
    warnings,
    pictures: picturesOf(plan, notes),
    footer: assumptions.join(' '),
  });
}

interface Line {
  readonly name: string;
  readonly values: Float64Array;
  readonly condense: typeof meanOf;
}

function picturesOf(
  { course, concurrency, backlogMax, oldestAgeMax, totals }: Plan,
  notes: readonly string[],
): readonly Picture[] {
  return [
    pictureOf(
      {
        id: 'arrivals',
        title: 'What arrives and what is done',
        howToRead:
          'Messages a second. Where the second line lies below the first, messages wait; where above, what waited is done.',
        findings: [
          `${countText(totals.arrived)} messages arrive, ${countText(totals.done)} are done.`,
          ...notes,
        ],
      },
      'messages a second',
      [
        { name: 'arrive', values: course.arrived, condense: meanOf },
        { name: 'done', values: course.done, condense: meanOf },
      ],
    ),
    pictureOf(
      {
        id: 'concurrency',
        title: 'Batches in work at a time',
        howToRead:
          'Each needs an execution environment of its own. The line is as high as the highest second of its stretch.',
        findings: [
          `Half of the time ${countText(concurrency.p50)} or fewer, ${countText(concurrency.max)} at most.`,
        ],
      },
      'batches',
      [{ name: 'concurrency', values: course.concurrency, condense: highestOf }],
    ),
    pictureOf(
      {
        id: 'backlog',
        title: 'Messages that wait',
        howToRead:
          'Those in the queue that nobody has received yet, and those that failed and are visible again.',
        findings: [`${countText(backlogMax)} at most.`],
      },
      'messages',
      [{ name: 'backlog', values: course.backlog, condense: highestOf }],
    ),
    pictureOf(
      {
        id: 'age',
        title: 'How long the oldest has waited',
        howToRead:
          'Since it arrived, in seconds, of the messages that wait. Where nothing waits, the line is at zero.',
        findings: [oldestAgeMax === 0 ? 'No message waits.' : `${timeText(oldestAgeMax)} at most.`],
      },
      'seconds',
      [{ name: 'oldest age', values: course.oldestAge, condense: highestOf }],
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
      points: condensed.map((value, place) => [(((place + 0.5) / condensed.length) * seconds) / 3600, value]),
    };
  });
  const columns = lines.map(({ values, condense }) => condense(values, rows));
  return {
    ...about,
    chart: (width) => coursePlot(series, { hours: seconds / 3600, valueName }, width),
    figures: {
      columns: ['from', ...lines.map(({ name }) => name)],
      rows: (columns[0] ?? []).map((_, place) => [
        momentText(Math.floor((place * seconds) / Math.min(rows, seconds))),
        ...columns.map((column) => countText(column[place] ?? 0)),
      ]),
    },
  };
}
