import type { Interval } from '../statistics/bootstrap.ts';
import { axisLook, legendLook, logRange, xAxisLook } from './axes.ts';
import { colour } from './colours.ts';
import type { Chart } from './draw-svg.ts';
import { intervals } from './intervals.ts';
import type { VariantStyle } from './variant-style.ts';

/** A value and the interval that it lies in. */
export interface Dot extends Interval {
  readonly category: string;
  readonly value: number;
}

/** One variant's dots, at most one a category. */
export interface DotSeries {
  readonly name: string;
  readonly style: VariantStyle;
  readonly dots: readonly Dot[];
}

const rowHeight = 18;

/** Categories in rows, with a dot for every series at its value on a logarithmic axis. */
export function dotPlot(
  categories: readonly string[],
  series: readonly DotSeries[],
  axisName: string,
  width: number,
): Chart {
  const narrow = width < 500;
  const legendRows = narrow ? Math.ceil(series.length / 2) : 1;
  const top = 14 + legendRows * 22;
  const band = rowHeight * (series.length + 1);
  const height = top + band * categories.length + 48;
  const values = series.flatMap(({ dots }) => dots.flatMap(({ low, high }) => [low, high]));
  const offsetOf = (place: number): number => (place - (series.length - 1) / 2) * rowHeight;
  return {
    width,
    height,
    option: {
      legend: { ...legendLook, data: series.map(({ name }) => name) },
      grid: { top, left: narrow ? 112 : 130, right: 24, bottom: 48 },
      xAxis: {
        ...xAxisLook,
        type: 'log',
        ...logRange(values),
        name: axisName,
      },
      yAxis: {
        ...axisLook,
        type: 'category',
        inverse: true,
        data: categories,
        axisLabel: { color: colour('ink'), fontSize: 13, width: narrow ? 96 : 120, overflow: 'break' },
      },
      series: series.flatMap(({ name, style, dots }, place) => [
        {
          type: 'scatter',
          name,
          data: dots.map(({ category, value }) => [value, category]),
          symbol: style.symbol,
          symbolSize: 11,
          symbolOffset: [0, offsetOf(place)],
          itemStyle: { color: style.colour },
          emphasis: { disabled: true },
        },
        intervals(
          name,
          style.colour,
          dots.map(({ category, low, high }) => ({ from: [low, category], to: [high, category] })),
          { y: offsetOf(place) },
        ),
      ]),
    },
  };
}
