import { digits, baselineVariant, spreadOf, type Measurements } from '@parallel-lambda/report';

import { comparison } from '../cases.ts';
import { durationsOf } from '../trials.ts';

/** The variants of each column; the table shows the quickest of them. */
const columns: readonly { readonly head: string; readonly variants: readonly string[] }[] = [
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

/** Returns the median milliseconds of each case as a Markdown table. */
export function resultsTable(measurements: Measurements): string {
  const rows = comparison.map(({ name, batch }) => [
    batch,
    ...columns.map(({ variants }) => {
      const medians = variants
        .map((variant) => durationsOf(measurements, name, variant))
        .filter(({ length }) => length > 0)
        .map((durationsMs) => spreadOf(durationsMs).median);
      const quickest = Math.min(...medians);
      return medians.length > 0 ? digits(quickest, quickest < 10 ? 2 : 3) : '–';
    }),
  ]);
  const head = ['batch', ...columns.map((column) => column.head)];
  const rule = head.map((_, place) => (place === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
