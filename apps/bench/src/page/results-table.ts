import { digits, baselineVariant, spreadOf, type Measurements } from '@parallel-lambda/report';

import { comparison, type Case } from '../cases.ts';
import { durationsOf } from '../trials.ts';

interface Column {
  readonly head: string;
  /** Their quickest is in the table. */
  readonly variants: readonly string[];
}

const columns: readonly Column[] = [
  { head: 'promises', variants: ['promises'] },
  { head: 'threads', variants: ['worker-threads'] },
  { head: 'fibers', variants: ['effect-fibers'] },
  { head: 'p-map', variants: ['p-map'] },
  { head: 'Powertools', variants: ['powertools'] },
  { head: 'Effect', variants: ['effect'] },
  { head: 'tinypool', variants: ['tinypool', 'tinypool, 50 per thread'] },
  { head: 'Piscina', variants: ['piscina', 'piscina, 50 per thread'] },
  { head: 'by hand', variants: ['by hand', 'threads by hand', 'sample'] },
  { head: 'sequential', variants: [baselineVariant] },
];

const summarizedCases = ['waiting', 'computing', 'both', 'FIFO'];
const summarizedColumns = ['sequential', 'promises', 'threads', 'fibers'];

/** Returns the median milliseconds of each case as a Markdown table. */
export function resultsTable(measurements: Measurements): string {
  return tableOf(measurements, comparison, columns);
}

/** Returns the median milliseconds of the main cases and the techniques as a Markdown table. */
export function summaryTable(measurements: Measurements): string {
  const cases = comparison.filter(({ name }) => summarizedCases.includes(name));
  const shown = summarizedColumns.flatMap((head) => columns.filter((column) => column.head === head));
  return tableOf(measurements, cases, shown);
}

function tableOf(measurements: Measurements, cases: readonly Case[], shown: readonly Column[]): string {
  const rows = cases.map(({ name, batch }) => [
    batch,
    ...shown.map(({ variants }) => {
      const medians = variants
        .map((variant) => durationsOf(measurements, name, variant))
        .filter(({ length }) => length > 0)
        .map((durationsMs) => spreadOf(durationsMs).median);
      const quickest = Math.min(...medians);
      return medians.length > 0 ? digits(quickest, quickest < 10 ? 2 : 3) : '–';
    }),
  ]);
  const head = ['batch', ...shown.map((column) => column.head)];
  const rule = head.map((_, place) => (place === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
