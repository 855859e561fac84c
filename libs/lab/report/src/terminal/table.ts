import { styleText } from 'node:util';

import Table from 'cli-table3';

import type { Group, Row } from '../analysis/analyse-workloads.ts';
import type { Series, Workload } from '../measurements/measurements.ts';
import { digits } from '../statistics/figure-text.ts';
import { counted, durationText, figureText, milliseconds } from '../statistics/units.ts';
import { bar } from './bar.ts';

/** The comparison as a table for a terminal. */
export function table(groups: readonly Group[]): string {
  const lines = new Table({
    head: ['', 'duration', 'between', 'messages/s', 'speed-up', '$ a million', ''],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { workload, rows } of groups) {
    const [series] = rows.map((row) => row.series).slice(-1);
    lines.push([{ colSpan: 7, content: styleText('bold', titleOf(workload, series)) }]);
    const most = Math.max(...rows.map(({ throughput }) => throughput?.median ?? 0));
    lines.push(...rows.map((row) => cells(row, most)));
  }
  return lines.toString();
}

/** What did not succeed, a sentence each: a table has no room for reasons. */
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
  const workers =
    series.setting.workers === undefined ? '' : `, ${counted(series.setting.workers, 'worker')}`;
  const messages = body === undefined ? 'messages' : `× ${JSON.stringify(body)}`;
  return `${name}: ${series.messages} ${messages}${workers}`;
}

function cells(
  { variant, duration, throughput, speedUp, cost, computed, failures }: Row,
  most: number,
): string[] {
  const name = `  ${variant}${computed ? ' (computed)' : ''}`;
  if (!duration || !throughput || !cost) {
    return [name, failures.invocations > 0 ? 'failed' : 'missing', '', '', '', '', ''];
  }
  const { low, high, samples } = duration;
  const mark = failures.invocations + failures.messages > 0 ? ' !' : '';
  return [
    name,
    `${durationText(duration)}${mark}`,
    samples < 2 ? '' : `${milliseconds(low)} - ${milliseconds(high)}`,
    figureText(throughput),
    speedUp ? `${digits(speedUp.ratio, 2)} ×` : '',
    figureText(cost),
    bar(throughput.median / most),
  ];
}
