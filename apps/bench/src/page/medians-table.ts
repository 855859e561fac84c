import { digits, spreadOf } from '@parallel-lambda/report';

import { cases } from '../cases.ts';
import type { Series } from '../measure.ts';
import { seriesOf, type Measurements } from '../measurements.ts';

/** What has a column of its own; all else stands beside. */
const columns: readonly (readonly [head: string, ...names: readonly string[]])[] = [
  ['promises', 'promises'],
  ['threads', 'worker-threads'],
  ['fibers', 'effect-fibers'],
  ['p-map', 'p-map'],
  ['Powertools', 'powertools'],
  ['Effect alone', 'effect'],
  ['tinypool', 'tinypool', 'tinypool, 50 a thread'],
  ['Piscina', 'piscina', 'piscina, 50 a thread'],
  ['workerpool', 'workerpool'],
];

/** Medians in milliseconds of the cases in which our functions stand beside others. */
export function mediansTable(measurements: Measurements): string {
  const rows = cases.flatMap(({ name, batch, competitors }) => {
    const series = seriesOf(measurements, name);
    const beside = competitors.some(({ name: competitor }) => competitor === 'promises');
    return series && beside
      ? [[batch, ...columns.map((column) => cell(column, series)), others(series)]]
      : [];
  });
  const head = ['a batch of', ...columns.map(([name]) => name), 'beside'];
  return markdownTable([head, ...rows], 'left', ...columns.map(() => 'right' as const), 'left');
}

/** The cases in which two batches come at once. */
export function atATimeTable(measurements: Measurements): string {
  const hows = ['one after another', '2 at a time', '2 at a time, 2 runtime threads'];
  const rows = cases
    .filter(({ batches = 1 }) => batches > 1)
    .flatMap(({ name, batch }) => {
      const series = seriesOf(measurements, name) ?? [];
      const functions = [...new Set(series.map(({ competitor }) => competitor.replace(/, .*/, '')))];
      return functions.map((one) => [
        batch.replace('two batches at once, each of ', ''),
        one,
        ...hows.map((how) => cell([how, `${one}, ${how}`], series)),
      ]);
    });
  const head = ['two batches of', 'function', 'one after another', 'two at a time', 'in two runtime threads'];
  return markdownTable([head, ...rows], 'left', 'left', 'right', 'right', 'right');
}

/** A table in Markdown; the first row is its head. */
export function markdownTable(
  [head = [], ...rows]: readonly (readonly string[])[],
  ...alignments: readonly ('left' | 'right')[]
): string {
  const rule = alignments.map((alignment) => (alignment === 'left' ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A median to three digits: 222, 22.2, 2.22. */
function shownMs(ms: number): string {
  return digits(ms, ms < 10 ? 2 : 3);
}

function cell([, ...names]: readonly [string, ...(readonly string[])], series: readonly Series[]): string {
  const found = series.find(({ competitor }) => names.includes(competitor));
  return found ? shownMs(spreadOf(found.durationsMs).median) : '–';
}

function others(series: readonly Series[]): string {
  const named = new Set(columns.flatMap(([, ...names]) => names));
  return series
    .filter(({ competitor }) => !named.has(competitor))
    .map(({ competitor, durationsMs }) => `${competitor} ${shownMs(spreadOf(durationsMs).median)}`)
    .join(', ');
}
