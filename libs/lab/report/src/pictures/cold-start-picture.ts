import { analyseSeries, type SeriesFigures } from '../analysis/analyse-series.ts';
import { axisLook, xAxisLook } from '../drawing/axes.ts';
import { colour } from '../drawing/colours.ts';
import type { Chart } from '../drawing/draw-svg.ts';
import type { Measurements } from '../measurements/measurements.ts';
import type { Prices } from '../prices-of.ts';
import { durationText, milliseconds } from '../statistics/units.ts';
import { missingSentences } from './missing-sentences.ts';
import type { Picture } from './picture.ts';

/** Returns the picture of cold starts: INIT and the first invocation. */
export function coldStartPicture(measurements: Measurements, prices: Prices): Picture | undefined {
  const all = measurements.series
    .filter(({ cold }) => cold)
    .map((series) => analyseSeries(measurements, series, prices));
  const drawn = all.filter(({ init, duration }) => init && duration);
  if (drawn.length === 0) return undefined;
  const ordered = [...drawn].sort((a, b) => totalOf(a) - totalOf(b));
  const [quickest, slowest] = [ordered[0], ordered.at(-1)];
  return {
    id: 'cold-start',
    title: 'Cold start',
    howToRead:
      'Duration of the first invocation in a new environment: INIT, which loads the function and starts its threads, then a ' +
      `batch of ${measurements.purpose === 'compare' ? 'messages that do nothing' : 'at most ten messages'}. Medians. On ` +
      'Lambda it takes longer, because the code is fetched first.',
    findings: [
      quickest && slowest && quickest !== slowest
        ? `${nameOf(quickest)} starts in ${milliseconds(totalOf(quickest))}, ${nameOf(slowest)} in ` +
          `${milliseconds(totalOf(slowest))}. INIT is billed too.`
        : 'Only one technique was measured.',
      ...missingSentences(all),
    ],
    chart: (width) => bars(drawn, width),
    figures: {
      columns: ['technique', 'memory', 'INIT', 'first invocation', 'samples'],
      rows: drawn.map((figures) => [
        nameOf(figures),
        `${figures.series.setting.memoryMb} MB`,
        figures.init ? durationText(figures.init) : '',
        figures.duration ? durationText(figures.duration) : '',
        String(figures.duration?.samples ?? 0),
      ]),
    },
  };
}

function nameOf({ series }: SeriesFigures): string {
  return series.variant;
}

function totalOf({ init, duration }: SeriesFigures): number {
  return (init?.median ?? 0) + (duration?.median ?? 0);
}

function bars(all: readonly SeriesFigures[], width: number): Chart {
  const narrow = width < 500;
  const parts = [
    { name: 'INIT', colour: colour('computes'), value: ({ init }: SeriesFigures) => init?.median ?? 0 },
    {
      name: 'first invocation',
      colour: colour('waits'),
      value: ({ duration }: SeriesFigures) => duration?.median ?? 0,
    },
  ];
  return {
    width,
    height: 40 + all.length * 44 + 48,
    option: {
      legend: {
        top: 0,
        left: 0,
        itemWidth: 18,
        itemGap: 26,
        itemHeight: 10,
        textStyle: { color: colour('ink'), fontSize: 13 },
      },
      grid: { top: 36, left: narrow ? 100 : 130, right: 24, bottom: 48 },
      xAxis: {
        ...xAxisLook,
        type: 'value',
        min: 0,
        name: 'milliseconds',
      },
      yAxis: {
        ...axisLook,
        type: 'category',
        inverse: true,
        data: all.map(nameOf),
        splitLine: { show: false },
        axisLabel: { color: colour('ink'), fontSize: 13, width: narrow ? 92 : 120, overflow: 'break' },
      },
      series: parts.map((part) => ({
        type: 'bar',
        name: part.name,
        stack: 'start',
        barWidth: 22,
        data: all.map(part.value),
        itemStyle: { color: part.colour },
        emphasis: { disabled: true },
      })),
    },
  };
}
