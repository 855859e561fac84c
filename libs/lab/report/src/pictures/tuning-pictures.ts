import { mbPerVcpu } from '@parallel-lambda/local-lambda';

import { adviceSentences } from '../analysis/advice-sentences.ts';
import { paretoFront } from '../analysis/advise.ts';
import { analyseSeries, type SeriesFigures } from '../analysis/analyse-series.ts';
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
import { alongBatchSize, alongMemory, alongVariable, alongWorkers, type Sweep } from './sweeps.ts';

/** Returns the pictures of a tuning: the effect of memory, workers and batch size per technique. */
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
      title: 'Duration by memory',
      howToRead:
        'More memory gives more vCPUs. A falling line uses them; a flat line only waits. Lower is faster.',
      axis: 'milliseconds',
      figureOf: ({ duration }) => duration,
      text: durationText,
    }),
    sweepPicture(memory, variants, {
      id: 'memory-cost',
      title: 'Cost by memory',
      howToRead:
        'Along a flat line, more memory is faster at no extra cost. A rising line pays for unused memory.',
      axis: 'US dollars per million messages',
      figureOf: ({ cost }) => cost,
      text: dollars,
    }),
    speedUpPicture(memory, variants),
    throughputPicture('workers', alongWorkers(all), variants),
    ...variablesOf(all).map((name) => throughputPicture(name, alongVariable(all, name), variants)),
    sweepPicture(alongBatchSize(all), variants, {
      id: 'batch-cost',
      title: 'Cost by batch size',
      howToRead: 'Larger batches share the cost of an invocation, but every message waits for its batch.',
      axis: 'US dollars per million messages',
      figureOf: ({ cost }) => cost,
      text: dollars,
    }),
  ];
  return pictures.filter((picture) => picture !== undefined);
}

function variablesOf(all: readonly SeriesFigures[]): readonly string[] {
  return [...new Set(all.flatMap(({ series }) => Object.keys(series.setting.variables ?? {})))];
}

function throughputPicture(name: string, sweep: Sweep, variants: readonly string[]): Picture | undefined {
  return sweepPicture(sweep, variants, {
    id: `${name.toLowerCase()}-throughput`,
    title: `Throughput by ${name}`,
    howToRead:
      'Throughput of one environment. Where the line is flat, a higher number only adds load to the service behind.',
    axis: 'messages per second',
    figureOf: ({ throughput }) => throughput,
    text: figureText,
  });
}

interface SweepView {
  readonly id: string;
  readonly title: string;
  readonly howToRead: string;
  /** Name of the vertical axis. */
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
    howToRead: `${howToRead} Points are medians, lines their 95% confidence intervals. ${sweep.held}`,
    findings: [
      ...sweep.lines.flatMap((line) => endsSentence(line.figures, sweep, view) ?? []),
      ...(sweep.remarks ?? []),
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

/** Describes the first and last point of a line and whether they differ beyond the noise. */
function endsSentence(
  figures: readonly SeriesFigures[],
  { xOf, valueText }: Sweep,
  { figureOf, text }: SweepView,
): string | undefined {
  const [first, last] = [figures.find(figureOf), figures.findLast(figureOf)];
  const [from, to] = [first && figureOf(first), last && figureOf(last)];
  if (!first || !last || !from || !to || first === last) return undefined;
  const alike = from.low <= to.high && to.low <= from.high;
  const change = alike ? 'the same within the noise' : changeText(to.median / from.median);
  const place = ({ series }: SeriesFigures): string => valueText(xOf(series));
  return `${first.series.variant}: ${text(from)} at ${place(first)}, ${text(to)} at ${place(last)}, ${change}.`;
}

function changeText(ratio: number): string {
  if (ratio >= 2) return `${digits(ratio, 2)} times as much`;
  const share = Math.round(100 * Math.abs(ratio - 1));
  return share === 0 ? 'nearly the same' : `${share}% ${ratio > 1 ? 'more' : 'less'}`;
}

function speedUpPicture(memory: Sweep, variants: readonly string[]): Picture | undefined {
  const lines = memory.lines.map(({ variant, figures }) => ({ variant, points: speedUps(figures) }));
  const drawn = lines.filter(({ points }) => points.length > 1);
  if (drawn.length === 0) return undefined;
  return {
    id: 'speed-up',
    title: 'Speed-up by vCPUs',
    howToRead:
      `Speed relative to the memory size nearest to one vCPU (${mbPerVcpu.toLocaleString('en')} MB). The dashed line is ` +
      'ideal: twice the vCPUs, half the time. Sizes above the cores of this machine cannot be measured here.',
    findings: drawn.flatMap(({ variant, points }) => {
      const last = points.at(-1);
      return last
        ? [`${variant}: ${digits(last.value, 2)}× the speed of one vCPU with ${digits(last.x, 2)} vCPUs.`]
        : [];
    }),
    chart: (width) =>
      linePlot(
        drawn.map(({ variant, points }) => ({
          name: variant,
          style: variantStyle(variant, variants),
          points,
        })),
        { x: { name: 'vCPUs' }, y: { name: 'speed-up' }, ideal: 'ideal' },
        width,
      ),
    figures: {
      columns: ['technique', 'vCPUs', 'speed-up', '95% interval'],
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
    title: 'Settings: cost and throughput',
    howToRead:
      'Each mark is a setting: further left is cheaper, higher is faster. Choose a setting on the line: for every other one, ' +
      'some setting on the line is both cheaper and faster.',
    findings: [...adviceSentences(measurements, all), ...missingSentences(all)],
    chart: (width) =>
      scatterPlot(
        variants.map((variant) => ({
          name: variant,
          style: variantStyle(variant, variants),
          points: measured.filter(({ series }) => series.variant === variant).map(pointOf),
        })),
        { name: 'best settings', points: front.map(pointOf) },
        { x: 'US dollars per million messages', y: 'messages per second' },
        width,
      ),
    figures: {
      columns: [
        'setting',
        'US dollars per million',
        'messages per second',
        'duration of a batch',
        'CPU used',
        'samples',
        'on the line',
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
