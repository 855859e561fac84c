import type { Measurements } from '../measurements.ts';
import { markdownTable } from './medians-table.ts';

/** What each function's process held at most after so many batches, in MB. */
export function memoryTable({ memory }: Measurements): string {
  const series = memory?.series ?? [];
  const batches = series[0]?.batches ?? [];
  const rows = series.map(({ competitor, maxMemoryMb }) => [competitor, ...maxMemoryMb.map(String)]);
  const head = ['MB after so many batches', ...batches.map((count) => count.toLocaleString('en'))];
  return markdownTable([head, ...rows], 'left', ...batches.map(() => 'right' as const));
}
