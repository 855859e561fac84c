import { styleText } from 'node:util';

import { textTable } from '@parallel-lambda/report';

import type { CheckResult } from '../checks/run-checks.ts';

/** Columns that the names of the checks take at most. */
const nameWidth = 34;

/**
 * Returns the results of checks as a table, and explains the failures.
 *
 * @param width columns of the terminal
 */
export function scorecard(results: readonly CheckResult[], width: number): string {
  const failed = results.filter(({ passed }) => passed === false);
  const passed = results.filter((result) => result.passed).length;
  const undecided = results.length - passed - failed.length;
  return [
    textTable(
      [
        { head: '' },
        { head: 'the function …', width: nameWidth },
        { head: 'what was seen', width: width - nameWidth - 6 },
      ],
      results.map((result) => [mark(result.passed), result.name, result.seen]),
      width,
    ),
    `${passed} of ${results.length} passed${undecided > 0 ? `; ? ${undecided} undecided` : ''}`,
    ...failed.map(({ name, means }) => `${mark(false)} ${name}:\n  ${means}`),
  ].join('\n');
}

function mark(passed: boolean | null): string {
  if (passed === null) return styleText('yellow', '?');
  return passed ? styleText('green', '✓') : styleText('red', '✗');
}
