import {
  compareMedians,
  estimate,
  linePlot,
  variantStyle,
  baselineStyle,
  type Picture,
} from '@parallel-lambda/report';

import { messagesOf } from '../cases.ts';
import { empty } from '../competitors.ts';
import { durationsOf, type Measurements } from '../measurements.ts';
import type { Growth, GrowthPoint, MeasuredLine } from './growth.ts';

/** A picture for a page, whose figures stand in no table. */
export type PagePicture = Omit<Picture, 'figures'>;

/**
 * Draws a growth of what was measured.
 *
 * @throws {LabError} `usage`, when one of its cases was not
 */
export function growthPicture(growth: Growth, measurements: Measurements): PagePicture {
  const { id, title, howToRead, along, value, findings } = growth;
  const lines = growth.lines.map(({ name, points }) => ({
    name,
    points: measured(points, value, measurements),
  }));
  return {
    id,
    title,
    howToRead,
    findings: findings(lines),
    chart: (width) =>
      linePlot(
        styled(lines),
        { x: { name: along }, y: { name: value === 'per message' ? 'µs a message' : 'times as long' } },
        width,
      ),
  };
}

/** The lines as they are drawn: each variant in the colour that it has in all pictures. */
export function styled(lines: readonly MeasuredLine[]): Parameters<typeof linePlot>[0] {
  const names = lines.map(({ name }) => name);
  return lines.map(({ name, points }) => ({
    name,
    style: name === empty.name ? baselineStyle : variantStyle(name, names),
    points: points.map(({ x, median, low, high }) => ({ x, value: median, low, high })),
  }));
}

function measured(
  points: readonly GrowthPoint[],
  value: Growth['value'],
  measurements: Measurements,
): MeasuredLine['points'] {
  const all = points.map((point) => ({ ...point, durationsMs: durationsOf(measurements, point) }));
  const first = all[0]?.durationsMs ?? [];
  return all.map(({ x, case: name, durationsMs }) => {
    if (value === 'times the first') {
      const { ratio: median, low, high } = compareMedians(durationsMs, first);
      return { x, median, low, high };
    }
    const messages = messagesOf(name);
    return { x, ...estimate(durationsMs.map((ms) => (ms * 1000) / messages)) };
  });
}
