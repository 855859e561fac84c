import { mbPerVcpu } from '@parallel-lambda/local-lambda';

import { adviceSentences } from '../analysis/advice-sentences.ts';
import { analyseSeries, type SeriesFigures } from '../analysis/analyse-series.ts';
import { paretoFront } from '../analysis/advise.ts';
import { settingText } from '../analysis/setting-text.ts';
import { linePlot, type LineAxes, type LineSeries } from '../drawing/line-plot.ts';
import { scatterPlot } from '../drawing/scatter-plot.ts';
import { variantStyle } from '../drawing/variant-style.ts';
import type { Measurements } from '../measurements/measurements.ts';
import type { Prices } from '../prices-of.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { digits } from '../statistics/figure-text.ts';
import { dollars, durationText, figureText, percent } from '../statistics/units.ts';
import { missingSentences } from './missing-sentences.ts';
import type { Picture } from './picture.ts';
import { speedUps } from './speed-ups.ts';
import { alongBatchSize, alongMemory, alongWorkers, type Sweep } from './sweeps.ts';

/** What settings do: memory, workers and batch size, by technique. */
export function tuningPictures(measurements: Measurements, prices: Prices): readonly Picture[] {
  if (measurements.purpose !== 'tune') return [];
  const all = measurements.series
    .filter(({ cold }) => !cold)
    .map((series) => analyseSeries(measurements, series, prices));
  const variants = [...new Set(all.map(({ series }) => series.variant))];
  const memory = alongMemory(all);
  const pictures = [
    choicePicture(measurements, all, variants),
    sweepPicture(memory, variants, {
      id: 'memory-duration',
      title: 'Duration against memory',
      howToRead:
        'More memory buys more vCPUs: a line that falls gains from them, a flat one only waits. Lower is faster.',
      axis: 'milliseconds',
      figureOf: ({ duration }) => duration,
      text: durationText,
    }),
    sweepPicture(memory, variants, {
      id: 'memory-cost',
      title: 'Cost against memory',
      howToRead:
        'What a million messages cost: a flat line is speed for nothing, a rising one pays for what is not used.',
      axis: 'US dollars for a million messages',
      figureOf: ({ cost }) => cost,
      text: dollars,
    }),
    speedUpPicture(memory, variants),
    sweepPicture(alongWorkers(all), variants, {
      id: 'workers-throughput',
      title: 'Throughput against workers',
      howToRead:
        'Messages in work at one time, and how many one environment does in a second. Where a line is flat, more workers ' +
        'only add load to what they wait for.',
      axis: 'messages a second',
      figureOf: ({ throughput }) => throughput,
      text: figureText,
    }),
    sweepPicture(alongBatchSize(all), variants, {
      id: 'batch-cost',
      title: 'Cost against batch size',
      howToRead:
        'Messages in a batch. Larger batches share what an invocation costs, and every message waits for its batch.',
      axis: 'US dollars for a million messages',
      figureOf: ({ cost }) => cost,
      text: dollars,
    }),
  ];
  return pictures.filter((picture) => picture !== undefined);
}

interface SweepView {
  readonly id: string;
  readonly title: string;
  readonly howToRead: string;
  /** Of y. */
  readonly axis: string;
  readonly figureOf: (figures: SeriesFigures) => Estimate | undefined;
  readonly text: (figure: Estimate) => string;
}

function sweepPicture(sweep: Sweep, variants: readonly string[], view: SweepView): Picture | undefined {
  const { id, title, howToRead, axis, figureOf, text } = view;
  const lines = sweep.lines.map(({ variant, figures }): LineSeries => ({
    name: variant,
    style: variantStyle(variant, variants),
    points: figures.flatMap((one) => {
      const figure = figureOf(one);
      return figure
        ? [{ x: sweep.xOf(one.series), value: figure.median, low: figure.low, high: figure.high }]
        : [];
    }),
  }));
  const drawn = lines.filter(({ points }) => points.length > 1);
  if (drawn.length === 0) return undefined;
  const axes: LineAxes = { x: { name: sweep.axis }, y: { name: axis } };
  const figures = sweep.lines.flatMap((line) => line.figures);
  return {
    id,
    title,
    howToRead: `${howToRead} Medians; the lines through them are where they lie at 95 %. ${sweep.held}`,
    findings: [
      ...sweep.lines.flatMap((line) => endsSentence(line.figures, sweep, view) ?? []),
      ...missingSentences(figures),
    ],
    chart: (width) => linePlot(drawn, axes, width),
    figures: {
      columns: ['technique', sweep.axis, axis, 'samples'],
      rows: figures.map((one) => {
        const figure = figureOf(one);
        const x = String(sweep.xOf(one.series));
        return [one.series.variant, x, figure ? text(figure) : 'missing', String(figure?.samples ?? 0)];
      }),
    },
  };
}

/** From where to where a line goes, and whether its ends can be told from each other. */
function endsSentence(
  figures: readonly SeriesFigures[],
  { xOf, unit }: Sweep,
  { figureOf, text }: SweepView,
): string | undefined {
  const [first, last] = [figures.find(figureOf), figures.findLast(figureOf)];
  const [from, to] = [first && figureOf(first), last && figureOf(last)];
  if (!first || !last || !from || !to || first === last) return undefined;
  const alike = from.low <= to.high && to.low <= from.high;
  const change = alike
    ? 'which is no sure difference'
    : `${digits(to.median / from.median, 2)} times as much`;
  const place = ({ series }: SeriesFigures): string => `${xOf(series)} ${unit}`;
  return `${first.series.variant}: ${text(from)} at ${place(first)}, ${text(to)} at ${place(last)}, ${change}.`;
}

function speedUpPicture(memory: Sweep, variants: readonly string[]): Picture | undefined {
  const lines = memory.lines.map(({ variant, figures }) => ({ variant, points: speedUps(figures) }));
  const drawn = lines.filter(({ points }) => points.length > 1);
  if (drawn.length === 0) return undefined;
  return {
    id: 'speed-up',
    title: 'Speed-up against vCPUs',
    howToRead:
      'How many times as fast as a technique is with the memory nearest to one vCPU ' +
      `(${mbPerVcpu.toLocaleString('en')} MB), by the vCPUs that the memory ` +
      'buys. The dashed line is ideal: twice the vCPUs, half the time. Beyond two, a machine with more cores is needed.',
    findings: drawn.flatMap(({ variant, points }) => {
      const last = points.at(-1);
      return last
        ? [`${variant}: ${digits(last.value, 2)} times as fast with ${digits(last.x, 2)} vCPUs as with one.`]
        : [];
    }),
    chart: (width) =>
      linePlot(
        drawn.map(({ variant, points }) => ({
          name: variant,
          style: variantStyle(variant, variants),
          points,
        })),
        { x: { name: 'vCPUs' }, y: { name: 'times as fast' }, ideal: 'ideal' },
        width,
      ),
    figures: {
      columns: ['technique', 'vCPUs', 'times as fast', 'between'],
      rows: drawn.flatMap(({ variant, points }) =>
        points.map(({ x, value, low, high }) => [
          variant,
          digits(x, 3),
          digits(value, 2),
          `${digits(low, 2)} - ${digits(high, 2)}`,
        ]),
      ),
    },
  };
}

function choicePicture(
  measurements: Measurements,
  all: readonly SeriesFigures[],
  variants: readonly string[],
): Picture | undefined {
  const measured = all.filter(({ cost, throughput }) => cost && throughput);
  if (measured.length === 0) return undefined;
  const front = paretoFront(measured);
  return {
    id: 'choice',
    title: 'Which settings: cost against speed',
    howToRead:
      'Each mark is a setting: further left is cheaper, higher is faster. None of those on the line is both dearer and slower ' +
      'than another, so the choice is among them; all others are worse in both.',
    findings: [...adviceSentences(measurements, all), ...missingSentences(all)],
    chart: (width) =>
      scatterPlot(
        variants.map((variant) => ({
          name: variant,
          style: variantStyle(variant, variants),
          points: measured.filter(({ series }) => series.variant === variant).map(pointOf),
        })),
        { name: 'on the line: the choice', points: front.map(pointOf) },
        { x: 'US dollars for a million messages', y: 'messages a second' },
        width,
      ),
    figures: {
      columns: [
        'setting',
        'US dollars a million',
        'messages a second',
        'a batch takes',
        'CPU used',
        'samples',
        'the choice',
      ],
      rows: measured.map((figures) => [
        settingText(figures.series),
        figures.cost ? dollars(figures.cost) : '',
        figures.throughput ? figureText(figures.throughput) : '',
        figures.duration ? durationText(figures.duration) : '',
        percent(figures.cpuShare),
        String(figures.durationsMs.length),
        front.includes(figures) ? 'yes' : '',
      ]),
    },
  };
}

function pointOf({ cost, throughput }: SeriesFigures): readonly [number, number] {
  return [cost?.median ?? 0, throughput?.median ?? 0];
}
