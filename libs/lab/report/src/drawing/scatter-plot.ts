import { axisLook, axisNumber, legendLook, scaleOf, xAxisLook } from './axes.ts';
import { colour } from './colours.ts';
import type { Chart } from './draw-svg.ts';
import type { VariantStyle } from './variant-style.ts';

type Point = readonly [x: number, y: number];

/** Points by technique, and a line through those that are to be chosen from. */
export function scatterPlot(
  series: readonly {
    readonly name: string;
    readonly style: VariantStyle;
    readonly points: readonly Point[];
  }[],
  line: { readonly name: string; readonly points: readonly Point[] },
  axes: { readonly x: string; readonly y: string },
  width: number,
): Chart {
  const narrow = width < 500;
  const names = [...series.map(({ name }) => name), line.name];
  const top = 34 + (narrow ? names.length - 1 : 1) * 22;
  const all = series.flatMap(({ points }) => points);
  return {
    width,
    height: top + (narrow ? 240 : 320) + 48,
    option: {
      legend: { ...legendLook, data: names },
      grid: { top, left: 62, right: 24, bottom: 48 },
      xAxis: {
        ...xAxisLook,
        ...scaleOf(all.map(([x]) => x)),
        name: axes.x,
      },
      yAxis: {
        ...axisLook,
        ...scaleOf(all.map(([, y]) => y)),
        name: axes.y,
        nameTextStyle: { ...axisLook.nameTextStyle, align: 'left', padding: [0, 0, 0, -52] },
        axisLabel: { ...axisLook.axisLabel, formatter: axisNumber },
      },
      series: [
        {
          type: 'line',
          name: line.name,
          data: line.points,
          symbol: 'none',
          lineStyle: { color: colour('muted'), width: 1.5, type: 'dashed' },
          itemStyle: { color: colour('muted') },
          emphasis: { disabled: true },
        },
        ...series.map(({ name, style, points }) => ({
          type: 'scatter',
          name,
          data: points,
          symbol: style.symbol,
          symbolSize: 10,
          itemStyle: { color: style.colour, opacity: 0.85 },
          emphasis: { disabled: true },
        })),
      ],
    },
  };
}
