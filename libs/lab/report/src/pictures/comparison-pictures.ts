import { analyseWorkloads, type Group, type Row } from '../analysis/analyse-workloads.ts';
import { meaning } from '../analysis/meaning.ts';
import { dotPlot, type DotSeries } from '../drawing/dot-plot.ts';
import { variantStyle } from '../drawing/variant-style.ts';
import type { Measurements } from '../measurements/measurements.ts';
import type { Prices } from '../prices-of.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { digits } from '../statistics/figure-text.ts';
import { dollars, durationText, figureText, milliseconds, percent } from '../statistics/units.ts';
import { missingSentences } from './missing-sentences.ts';
import type { Picture } from './picture.ts';

/** Returns the pictures of a comparison: duration and cost of each technique per workload. */
export function comparisonPictures(measurements: Measurements, prices: Prices): readonly Picture[] {
  if (measurements.purpose !== 'compare') return [];
  const groups = analyseWorkloads(measurements, prices);
  if (!groups.some(({ rows }) => rows.some(({ duration }) => duration))) return [];
  const missing = missingSentences(groups.flatMap(({ rows }) => rows));
  return [
    {
      id: 'duration',
      title: 'Duration of a batch',
      howToRead:
        'A dot is the median duration of whole warm invocations. The line through it is the 95% confidence interval ' +
        '(bootstrap): if two lines overlap, the difference is within the noise. The axis is logarithmic; further left is ' +
        'faster. "Sequential" is a single worker.',
      findings: [...meaning(groups), ...missing],
      chart: (width) => plot(groups, ({ duration }) => duration, 'milliseconds', width),
      figures: {
        columns: [
          'workload',
          'variant',
          'median',
          '95% interval',
          'samples',
          'messages per second',
          'speed-up',
          'CPU used',
        ],
        rows: eachRow(groups, ({ duration, throughput, speedUp, cpuShare }) =>
          duration && throughput
            ? [
                durationText(duration),
                `${milliseconds(duration.low)} - ${milliseconds(duration.high)}`,
                String(duration.samples),
                figureText(throughput),
                speedUp ? `${digits(speedUp.ratio, 2)} ×` : '',
                percent(cpuShare),
              ]
            : undefined,
        ),
      },
    },
    {
      id: 'cost',
      title: 'Cost of a million messages',
      howToRead:
        'Price of Lambda for a million messages: billed duration × memory size, and requests. Further left is cheaper. ' +
        'The price of the queue is not included; it is the same for all techniques.',
      findings: [...costSentences(groups), ...missing],
      chart: (width) => plot(groups, ({ cost }) => cost, 'US dollars per million messages', width),
      figures: {
        columns: ['workload', 'variant', 'median', '95% interval', 'samples'],
        rows: eachRow(groups, ({ cost }) =>
          cost
            ? [dollars(cost), `$${digits(cost.low, 3)} - $${digits(cost.high, 3)}`, String(cost.samples)]
            : undefined,
        ),
      },
    },
  ];
}

type FigureOf = (row: Row) => Estimate | undefined;

function plot(groups: readonly Group[], figureOf: FigureOf, axis: string, width: number) {
  const variants = [...new Set(groups.flatMap(({ rows }) => rows.map(({ variant }) => variant)))];
  const series = variants.map((variant): DotSeries => ({
    name: variant,
    style: variantStyle(variant, variants),
    dots: groups.flatMap(({ workload, rows }) => {
      const row = rows.find((candidate) => candidate.variant === variant);
      const figure = row && figureOf(row);
      return figure
        ? [{ category: workload.name, value: figure.median, low: figure.low, high: figure.high }]
        : [];
    }),
  }));
  return dotPlot(
    groups.map(({ workload }) => workload.name),
    series,
    axis,
    width,
  );
}

function eachRow(
  groups: readonly Group[],
  cells: (row: Row) => readonly string[] | undefined,
): readonly (readonly string[])[] {
  return groups.flatMap(({ workload, rows }) =>
    rows.map((row) => {
      const variant = `${row.variant}${row.computed ? ' (computed)' : ''}`;
      const none = row.failures.invocations > 0 ? 'failed' : 'missing';
      return [workload.name, variant, ...(cells(row) ?? [none])];
    }),
  );
}

function costSentences(groups: readonly Group[]): readonly string[] {
  return groups.flatMap(({ workload, rows }) => {
    const priced = rows
      .filter(({ cost }) => cost)
      .sort((a, b) => (a.cost?.median ?? 0) - (b.cost?.median ?? 0));
    const [cheapest] = priced;
    const mostExpensive = priced.at(-1);
    if (!cheapest?.cost || !mostExpensive?.cost || cheapest === mostExpensive) return [];
    return [
      `${workload.name}: ${dollars(cheapest.cost)} (${cheapest.variant}) to ${dollars(mostExpensive.cost)} (${mostExpensive.variant}).`,
    ];
  });
}
