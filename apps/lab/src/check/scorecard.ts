import { styleText } from 'node:util';

import Table from 'cli-table3';

import type { Check, Finding } from './checks.ts';

/** What a check came to, with the question. */
export type Answered = Finding & Omit<Check, 'run'>;

/** The findings for a person: a table of 80 columns, and what the crosses mean. */
export function scorecard(findings: readonly Answered[]): string {
  const table = new Table({
    head: ['', 'the function …', 'what was seen'],
    colWidths: [3, 35, 38],
    wordWrap: true,
    style: { head: ['bold'], compact: true },
  });
  for (const { name, passed, seen } of findings) {
    table.push([passed ? styleText('green', '✓') : styleText('red', '✗'), name, seen]);
  }
  const broken = findings.filter(({ passed }) => !passed);
  const meanings = broken.map(({ name, means }) => `${styleText('red', '✗')} ${name}:\n  ${means}`);
  const kept = findings.length - broken.length;
  return [table.toString(), `${kept} of ${findings.length} kept`, ...meanings].join('\n');
}
