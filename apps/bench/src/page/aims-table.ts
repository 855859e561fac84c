import { milliseconds } from '@parallel-lambda/report';

import { cases } from '../cases.ts';
import { threads } from '../competitors.ts';
import { seriesOf, type Measurements } from '../measurements.ts';
import { judge } from '../verdict.ts';
import { markdownTable } from './medians-table.ts';

/** The most that the threads' function is to hold, after so many batches. */
const mostOfThreadsMb = 120;
const batches = 1000;

/** Every target with what came out. */
export function aimsTable(measurements: Measurements): string {
  const head = ['a batch of', 'function', 'at most', 'came out', ''];
  const rows = cases.flatMap(({ name, batch, targets }) => {
    const series = seriesOf(measurements, name);
    if (!series) return [];
    return targets.map((target) => {
      const { competitor, target: words, mostMs, cameOut, reached } = judge(target, series);
      const most = target.against === undefined ? milliseconds(mostMs) : words;
      return [batch, competitor, most, cameOut, inWords(reached)];
    });
  });
  return markdownTable([head, ...rows, ...memoryRows(measurements)], 'left', 'left', 'left', 'right', 'left');
}

function memoryRows({ memory }: Measurements): readonly (readonly string[])[] {
  const series = memory?.series.find(({ competitor }) => competitor === threads.name);
  if (!series) return [];
  const heldMb = series.maxMemoryMb[series.batches.indexOf(batches)] ?? NaN;
  const batch = `${batches.toLocaleString('en')} batches of 1,000 with nothing to do`;
  return [
    [batch, threads.name, `${mostOfThreadsMb} MB held`, `${heldMb} MB`, inWords(heldMb <= mostOfThreadsMb)],
  ];
}

function inWords(reached: boolean): string {
  return reached ? 'reached' : '**missed**';
}
