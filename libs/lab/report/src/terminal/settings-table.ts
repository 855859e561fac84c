import Table from 'cli-table3';

import type { SeriesFigures } from '../analysis/analyse-series.ts';
import { paretoFront } from '../analysis/advise.ts';
import type { Setting } from '../measurements/measurements.ts';
import { counted, durationText, figureText, percent } from '../statistics/units.ts';
import { bar } from './bar.ts';

/** Settings worth choosing between, for a terminal: none of them is both dearer and slower than another. */
export function settingsTable(all: readonly SeriesFigures[]): string {
  const front = paretoFront(all);
  const most = Math.max(...front.map(({ throughput }) => throughput?.median ?? 0));
  // Of deployed functions nobody knows it.
  const withCpu = front.some(({ cpuShare }) => cpuShare !== undefined);
  const head = [
    '',
    'MB',
    'with',
    'batch',
    'duration',
    '$/million',
    'messages/s',
    ...(withCpu ? ['CPU'] : []),
    '',
  ];
  const lines = new Table({
    head,
    colAligns: head.map((name, place) => (place === 2 || name === '' ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const { series, duration, cost, throughput, cpuShare } of front) {
    if (!duration || !cost || !throughput) continue;
    lines.push([
      series.variant,
      String(series.setting.memoryMb),
      withText(series.setting),
      String(series.messages),
      durationText(duration),
      figureText(cost),
      figureText(throughput),
      ...(withCpu ? [percent(cpuShare)] : []),
      bar(throughput.median / most, barLength),
    ]);
  }
  return lines.toString();
}

/** So that a table of the three functions is no wider than 100 characters. */
const barLength = 6;

function withText({ threads, workers }: Setting): string {
  return [
    ...(threads === undefined ? [] : [counted(threads, 'thread')]),
    ...(workers === undefined ? [] : [counted(workers, 'worker')]),
  ].join(', ');
}
