import { paretoFront } from '../analysis/advise.ts';
import type { SeriesFigures } from '../analysis/analyse-series.ts';
import { workersText } from '../analysis/setting-text.ts';
import type { Setting } from '../measurements/measurements.ts';
import { counted, durationText, figureText, percent } from '../statistics/units.ts';
import { textTable } from './text-table.ts';

/**
 * Returns the settings that no other setting beats in both cost and throughput, as a table.
 *
 * @param width columns of the terminal
 */
export function settingsTable(all: readonly SeriesFigures[], width: number): string {
  const front = paretoFront(all);
  // Unknown for deployed functions.
  const hasCpu = front.some(({ cpuShare }) => cpuShare !== undefined);
  const figures = ['batch', 'duration', '$/million', 'messages/s', ...(hasCpu ? ['CPU'] : [])];
  const columns = [
    { head: '' },
    { head: 'MB', align: 'right' },
    { head: 'with' },
    ...figures.map((head) => ({ head, align: 'right' }) as const),
  ] as const;
  const rows = front.flatMap(({ series, duration, cost, throughput, cpuShare }) =>
    duration && cost && throughput
      ? [
          [
            series.variant,
            String(series.setting.memoryMb),
            withText(series.setting),
            String(series.messages),
            durationText(duration),
            figureText(cost),
            figureText(throughput),
            ...(hasCpu ? [percent(cpuShare)] : []),
          ],
        ]
      : [],
  );
  return textTable(columns, rows, width);
}

function withText({ threads, workers, variables = {} }: Setting): string {
  return [
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    ...(threads === undefined ? [] : [counted(threads, 'thread')]),
    ...(workers === undefined ? [] : [workersText(workers)]),
  ].join(', ');
}
