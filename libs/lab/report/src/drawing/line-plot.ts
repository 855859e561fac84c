import type { Interval } from '../statistics/bootstrap.ts';
import { axisLook, axisNumber, legendLook, scaleOf, xAxisLook } from './axes.ts';
import { colour } from './colours.ts';
import type { Chart } from './draw-svg.ts';
import { intervals } from './intervals.ts';
import type { VariantStyle } from './variant-style.ts';

/** A value at a place, and the interval that it lies in. */
export interface LinePoint extends Interval {
  readonly x: number;
  readonly value: number;
}

/** One line. */
export interface LineSeries {
  readonly name: string;
  readonly style: VariantStyle;
  /** Points in the order of their x. */
  readonly points: readonly LinePoint[];
}

/** Titles of the axes of a line plot. */
export interface LineAxes {
  readonly x: { readonly name: string };
  readonly y: { readonly name: string };
  /** Name of a line that shows the ideal, y = x. @default no line */
  readonly ideal?: string;
}

/** Draws lines over a common axis, each point with its interval. */
export function linePlot(series: readonly LineSeries[], axes: LineAxes, width: number): Chart {
  const narrow = width < 500;
  const names = [...series.map(({ name }) => name), ...(axes.ideal === undefined ? [] : [axes.ideal])];
  const top = 14 + (narrow ? Math.ceil(names.length / 2) : 1) * 22 + 20;
  const all = series.flatMap(({ points }) => points);
  const xs = all.map(({ x }) => x);
  return {
    width,
    height: top + (narrow ? 220 : 280) + 48,
    option: {
      legend: { ...legendLook, data: names },
      grid: { top, left: 62, right: 24, bottom: 48 },
      xAxis: {
        ...xAxisLook,
        ...scaleOf(xs),
        name: axes.x.name,
      },
      yAxis: {
        ...axisLook,
        ...scaleOf(all.flatMap(({ low, high }) => [low, high])),
        name: axes.y.name,
        nameTextStyle: { ...axisLook.nameTextStyle, align: 'left', padding: [0, 0, 0, -52] },
        axisLabel: { ...axisLook.axisLabel, formatter: axisNumber },
      },
      series: [
        ...series.flatMap(({ name, style, points }) => [
          {
            type: 'line',
            name,
            data: points.map(({ x, value }) => [x, value]),
            symbol: style.symbol,
            symbolSize: 9,
            lineStyle: { color: style.colour, width: 2, type: style.line },
            itemStyle: { color: style.colour },
            emphasis: { disabled: true },
          },
          intervals(
            name,
            style.colour,
            points.map(({ x, low, high }) => ({ from: [x, low], to: [x, high] })),
          ),
        ]),
        ...(axes.ideal === undefined ? [] : [idealLine(axes.ideal, Math.max(...xs))]),
      ],
    },
  };
}

/** Returns the line y = x up to a maximum. */
function idealLine(name: string, max: number) {
  return {
    type: 'line',
    name,
    data: [
      [0, 0],
      [max, max],
    ],
    symbol: 'none',
    lineStyle: { color: colour('muted'), width: 1, type: 'dashed' },
    itemStyle: { color: colour('muted') },
    emphasis: { disabled: true },
  };
}
