import { styleText } from 'node:util';

import Table from 'cli-table3';

import type { Check, Finding } from '@parallel-lambda/check';

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
    table.push([mark(passed), name, seen]);
  }
  const broken = findings.filter(({ passed }) => passed === false);
  const meanings = broken.map(({ name, means }) => `${mark(false)} ${name}:\n  ${means}`);
  const kept = findings.filter(({ passed }) => passed).length;
  const untold = findings.length - kept - broken.length;
  const sum = `${kept} of ${findings.length} kept${untold > 0 ? `; ? ${untold} could not be told` : ''}`;
  return [table.toString(), sum, ...meanings].join('\n');
}

function mark(passed: boolean | null): string {
  if (passed === null) return styleText('yellow', '?');
  return passed ? styleText('green', '✓') : styleText('red', '✗');
}
