import { colour } from './colours.ts';

/** Style of every axis. */
export const axisLook = {
  nameTextStyle: { color: colour('muted'), fontSize: 12 },
  axisLabel: { color: colour('muted'), fontSize: 12, hideOverlap: true },
  axisLine: { show: true, lineStyle: { color: colour('grid') } },
  axisTick: { show: false },
  splitLine: { show: true, lineStyle: { color: colour('grid'), width: 1 } },
  minorSplitLine: { show: false },
} as const;

/** Style of every horizontal axis of figures: its name is in the middle below it. */
export const xAxisLook = {
  ...axisLook,
  nameLocation: 'middle',
  nameGap: 28,
  axisLabel: { ...axisLook.axisLabel, formatter: axisNumber },
} as const;

/** Style of every legend. */
export const legendLook = {
  top: 0,
  left: 0,
  itemWidth: 22,
  itemGap: 24,
  itemHeight: 10,
  textStyle: { color: colour('ink'), fontSize: 13 },
  inactiveColor: colour('muted'),
} as const;

/** Returns the ends of a logarithmic axis that holds all values: 1, 2 or 5 times a power of ten. */
export function logRange(values: readonly number[]): { readonly min: number; readonly max: number } {
  const positive = values.filter((value) => value > 0);
  const steps = [1, 2, 5, 10];
  const min = Math.min(...positive);
  const max = Math.max(...positive);
  const below = 10 ** Math.floor(Math.log10(min));
  const above = 10 ** Math.floor(Math.log10(max));
  return {
    min: below * (steps.findLast((step) => step * below <= min) ?? 1),
    max: above * (steps.find((step) => step * above >= max) ?? 10),
  };
}

/** Returns a logarithmic axis if the values differ by more than a factor of 15, else a linear axis from 0. */
export function scaleOf(values: readonly number[]) {
  const positive = values.filter((value) => value > 0);
  const far = positive.length > 0 && Math.max(...positive) > 15 * Math.min(...positive);
  return far ? { type: 'log', ...logRange(positive) } : { type: 'value', min: 0 };
}

/** Formats a number on an axis: three digits at most, thousands as k. */
export function axisNumber(value: number): string {
  if (value >= 10_000) return `${Number((value / 1000).toPrecision(3))}k`;
  return String(Number(value.toPrecision(3)));
}
