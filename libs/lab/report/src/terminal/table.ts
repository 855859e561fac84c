import { styleText } from 'node:util';

import type { Group, Row } from '../analysis/analyse-workloads.ts';
import { workersText } from '../analysis/setting-text.ts';
import type { Series, Workload } from '../measurements/measurements.ts';
import { digits } from '../statistics/figure-text.ts';
import { counted, durationText, figureText, milliseconds } from '../statistics/units.ts';
import { textTable, type TextColumn } from './text-table.ts';

const columns: readonly TextColumn[] = [
  { head: '' },
  { head: 'duration', align: 'right' },
  { head: '95 % interval', align: 'right' },
  { head: 'messages/s', align: 'right' },
  { head: 'speed-up', align: 'right' },
  { head: '$/million', align: 'right' },
];

/**
 * Returns a comparison as a table.
 *
 * @param width columns of the terminal
 */
export function table(groups: readonly Group[], width: number): string {
  return textTable(
    columns,
    groups.flatMap(({ workload, rows }) => [
      styleText('bold', titleOf(workload, rows.at(-1)?.series)),
      ...rows.map(cells),
    ]),
    width,
  );
}

/** Reasons of failures, one sentence each. */
export function failureSentences(groups: readonly Group[]): readonly string[] {
  return groups.flatMap(({ workload, rows }) =>
    rows.flatMap(({ variant, duration, failures: { invocations, messages, why } }) => {
      const what = `${workload.name}, ${variant}:`;
      const reason = why === undefined ? '' : ` (${why})`;
      if (invocations > 0) {
        const failed = invocations > 1 ? 'invocations failed and do' : 'invocation failed and does';
        return [`${what} ${invocations} ${failed} not count${reason}.`];
      }
      if (messages > 0) return [`${what} ${counted(messages, 'message')} failed.`];
      return duration ? [] : [`${what} not measured: the budget was spent before.`];
    }),
  );
}

function titleOf({ name, body }: Workload, series: Series | undefined): string {
  if (!series) return name;
  const workers = series.setting.workers === undefined ? '' : `, ${workersText(series.setting.workers)}`;
  const messages = body === undefined ? 'messages' : `× ${JSON.stringify(body)}`;
  return `${name}: ${series.messages} ${messages}${workers}`;
}

function cells({ variant, duration, throughput, speedUp, cost, computed, failures }: Row): readonly string[] {
  const name = `  ${variant}`;
  if (!duration || !throughput || !cost) return [name, failures.invocations > 0 ? 'failed' : 'missing'];
  const { low, high, samples } = duration;
  const mark = failures.invocations + failures.messages > 0 ? ' !' : '';
  const interval = samples < 2 ? '' : `${milliseconds(low)} - ${milliseconds(high)}`;
  return [
    name,
    `${durationText(duration)}${mark}`,
    computed ? 'computed' : interval,
    figureText(throughput),
    speedUp ? `${digits(speedUp.ratio, 2)} ×` : '',
    figureText(cost),
  ];
}
