import { sqsEvent } from '@parallel-lambda/event-sources';
import { mbPerVcpu } from '@parallel-lambda/local-lambda';
import Table from 'cli-table3';

import type { Competitor } from './case.ts';
import {
  bareThreads,
  effect,
  empty,
  fibers,
  pMap,
  promises,
  start,
  threads,
  threadsByHand,
} from './competitors.ts';
import type { Setup } from './measure.ts';

/** Lambda lets a heap grow by the memory size. */
export const fibersOfLessMemory: Competitor = {
  ...fibers,
  name: 'effect-fibers of 1,769 MB',
  memoryMb: mbPerVcpu,
};
const competitors = [
  empty,
  bareThreads,
  threadsByHand,
  pMap,
  effect,
  promises,
  threads,
  fibers,
  fibersOfLessMemory,
];
const marks = [1, 10, 100, 300, 1000, 2000, 3000];

/** The most memory that a function's process was seen to hold, in MB, after so many batches. */
export interface MemorySeries {
  readonly competitor: string;
  readonly batches: readonly number[];
  readonly maxMemoryMb: readonly number[];
}

/** Thousands of batches of a thousand messages in one environment: what is kept of a batch shows as growth. */
export async function measureMemory({ assembly, memoryMb }: Setup): Promise<readonly MemorySeries[]> {
  const event = sqsEvent(1000, []);
  const series: MemorySeries[] = [];
  for (const competitor of competitors) {
    await using local = start(assembly, competitor, memoryMb);
    const held: number[] = [];
    for (let batch = 1; batch <= Math.max(...marks); batch++) {
      const { report, status, log } = await local.invoke(event);
      if (status !== 'success') throw new Error(`An invocation did not succeed:\n${log}`);
      if (marks.includes(batch)) held.push(report.maxMemoryUsedMb);
    }
    series.push({ competitor: competitor.name, batches: marks, maxMemoryMb: held });
  }
  return series;
}

export function memoryTable(series: readonly MemorySeries[]): string {
  const lines = new Table({
    head: ['memory held at most, in MB', ...marks.map((batches) => `${batches} batches`)],
    colAligns: ['left', ...marks.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const { competitor, maxMemoryMb } of series) {
    lines.push([competitor, ...maxMemoryMb.map(String)]);
  }
  return lines.toString();
}
