import { LabError } from '@parallel-lambda/local-lambda';
import {
  compareMedians,
  estimate,
  linePlot,
  variantStyle,
  baselineStyle,
  type Measurements,
  type Picture,
} from '@parallel-lambda/report';

import { empty } from '../functions.ts';
import { durationsOf } from '../trials.ts';
import type { Growth, GrowthPoint, MeasuredLine } from './growths.ts';

/** A picture for a page, whose figures are in no table. */
export type PagePicture = Omit<Picture, 'figures'>;

/**
 * Draws how a cost grows.
 *
 * @throws {LabError} `failure`, if one of its cases was not measured
 */
export function growthPicture(growth: Growth, measurements: Measurements): PagePicture {
  const { id, title, howToRead, along, value, finding } = growth;
  const lines = growth.lines.map(({ name, points }) => ({
    name,
    points: measured(points, value, measurements),
  }));
  const names = lines.map(({ name }) => name);
  const plotted = lines.map(({ name, points }) => ({
    name,
    style: name === empty.name ? baselineStyle : variantStyle(name, names),
    points: points.map(({ median, ...point }) => ({ ...point, value: median })),
  }));
  const axes = {
    x: { name: along },
    y: { name: value === 'per message' ? 'µs per message' : 'times as long' },
  };
  return {
    id,
    title,
    howToRead,
    findings: [finding(lines)],
    chart: (width) => linePlot(plotted, axes, width),
  };
}

function measured(
  points: readonly GrowthPoint[],
  value: Growth['value'],
  measurements: Measurements,
): MeasuredLine['points'] {
  const all = points.map(({ x, case: name, variant }) => {
    const durationsMs = durationsOf(measurements, name, variant);
    const messages = measurements.series.find(({ workload }) => workload === name)?.messages ?? NaN;
    if (durationsMs.length > 0) return { x, messages, durationsMs };
    throw new LabError('failure', `${variant} was not measured in the case ${name}. Measure it first.`);
  });
  const first = all[0]?.durationsMs ?? [];
  return all.map(({ x, messages, durationsMs }) => {
    if (value === 'times the first') {
      const { ratio: median, low, high } = compareMedians(durationsMs, first);
      return { x, median, low, high };
    }
    return { x, ...estimate(durationsMs.map((ms) => (ms * 1000) / messages)) };
  });
}
