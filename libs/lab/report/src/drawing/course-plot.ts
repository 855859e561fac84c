import { axisLook, axisNumber, legendLook, xAxisLook } from './axes.ts';
import type { Chart } from './draw-svg.ts';
import { variantStyle } from './variant-style.ts';

/** A value over time. */
export interface CourseSeries {
  readonly name: string;
  /** Points in the order of time: hours, and the value. */
  readonly points: readonly (readonly [hours: number, value: number])[];
}

/** Labels of the axes of a course. */
export interface CourseAxes {
  /** Duration. */
  readonly hours: number;
  readonly valueName: string;
  /** Name of the horizontal axis. @default hours */
  readonly xName?: string;
}

/** Lines over hours, from zero up, without marks. */
export function coursePlot(
  series: readonly CourseSeries[],
  { hours, valueName, xName = 'hours' }: CourseAxes,
  width: number,
): Chart {
  const narrow = width < 500;
  const names = series.map(({ name }) => name);
  const top = 14 + (narrow ? names.length : 1) * 22 + 20;
  return {
    width,
    height: top + (narrow ? 180 : 220) + 48,
    option: {
      legend: { ...legendLook, data: names },
      grid: { top, left: 62, right: 24, bottom: 48 },
      xAxis: { ...xAxisLook, type: 'value', min: 0, max: hours, name: xName },
      yAxis: {
        ...axisLook,
        type: 'value',
        min: 0,
        name: valueName,
        nameTextStyle: { ...axisLook.nameTextStyle, align: 'left', padding: [0, 0, 0, -52] },
        axisLabel: { ...axisLook.axisLabel, formatter: axisNumber },
      },
      series: series.map(({ name, points }) => {
        const style = variantStyle(name, names);
        return {
          type: 'line',
          name,
          data: points,
          symbol: 'none',
          lineStyle: { color: style.colour, width: 2, type: style.line },
          itemStyle: { color: style.colour },
          emphasis: { disabled: true },
        };
      }),
    },
  };
}
