import { styleText } from 'node:util';

import Table from 'cli-table3';

import type { Check, Finding } from '@parallel-lambda/check';

/** A finding with its check. */
export type Answered = Finding & Omit<Check, 'run'>;

/** Formats the findings as a table of 80 columns, and explains the failures. */
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
  const passed = findings.filter(({ passed }) => passed).length;
  const undecided = findings.length - passed - broken.length;
  const sum = `${passed} of ${findings.length} passed${undecided > 0 ? `; ? ${undecided} undecided` : ''}`;
  return [table.toString(), sum, ...meanings].join('\n');
}

function mark(passed: boolean | null): string {
  if (passed === null) return styleText('yellow', '?');
  return passed ? styleText('green', '✓') : styleText('red', '✗');
}
