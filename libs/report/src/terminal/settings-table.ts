import Table from 'cli-table3';

import type { SeriesFigures } from '../analysis/analyse-series.ts';
import { paretoFront } from '../analysis/advise.ts';
import { durationText, figureText, percent } from '../statistics/units.ts';
import { bar } from './bar.ts';

/** Settings worth choosing between, for a terminal: none of them is both dearer and slower than another. */
export function settingsTable(all: readonly SeriesFigures[]): string {
  const front = paretoFront(all);
  const most = Math.max(...front.map(({ throughput }) => throughput?.median ?? 0));
  const lines = new Table({
    head: ['', 'memory', 'workers', 'threads', 'batch', 'duration', '$ a million', 'messages/s', 'CPU', ''],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { series, duration, cost, throughput, cpuShare } of front) {
    if (!duration || !cost || !throughput) continue;
    const { memoryMb, workers, threads } = series.setting;
    lines.push([
      series.way,
      `${memoryMb} MB`,
      String(workers ?? ''),
      String(threads ?? ''),
      String(series.messages),
      durationText(duration),
      figureText(cost),
      figureText(throughput),
      percent(cpuShare),
      bar(throughput.median / most),
    ]);
  }
  return lines.toString();
}
