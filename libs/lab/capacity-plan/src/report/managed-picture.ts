import { coursePlot, type Picture } from '@parallel-lambda/report';

import type { ManagedCost } from '../managed-cost.ts';
import type { Plan } from '../plan.ts';
import { countText, dollarText, messagesText } from './units.ts';

/** Points of a line. */
const points = 240;

/** Rows of the table. */
const rows = 12;

/** Returns the picture of the cost on demand and on Managed Instances by arrival rate. */
export function managedPicture({ billing, series }: Plan, managed: ManagedCost): Picture {
  const { breakEven, perEnvironment, vcpusPerEnvironment, at } = managed;
  const highest = series.arrived.reduce((max, rate) => Math.max(max, rate), 0);
  const max = 2 * Math.max(breakEven ?? 0, highest, 1);
  const rates = (count: number): readonly number[] =>
    Array.from({ length: count + 1 }, (_, index) => (index * max) / count);
  return {
    id: 'managed-instances',
    title: 'Cost on Managed Instances',
    howToRead:
      'US dollars per month for Lambda at a constant load, without the queue. Where the second line is below the first, Managed Instances cost less.',
    findings: [
      breakEven === undefined
        ? 'Managed Instances never cost less for these batches.'
        : `Managed Instances cost less from ${messagesText(breakEven)} per second.`,
      `An environment has ${billing.memoryMb} MB, ${vcpusPerEnvironment} vCPUs and ${perEnvironment} batches at a time. ` +
        'Messages that wait leave room for more: set --per-environment.',
    ],
    chart: (width) =>
      coursePlot(
        [
          { name: 'on demand', points: rates(points).map((rate) => [rate, at(rate).onDemand]) },
          { name: 'Managed Instances', points: rates(points).map((rate) => [rate, at(rate).managed]) },
        ],
        { hours: max, valueName: '$ per month', xName: 'messages per second' },
        width,
      ),
    figures: {
      columns: ['messages per second', 'on demand', 'Managed Instances'],
      rows: rates(rows).map((rate) => [
        countText(rate),
        dollarText(at(rate).onDemand),
        dollarText(at(rate).managed),
      ]),
    },
  };
}
