import { styleText } from 'node:util';

import { textTable, wrapText } from '@parallel-lambda/report/terminal';

import type { CheckResult } from '../checks/check-result.ts';
import { catalogue } from './catalogue.ts';
import { findingsOf, summaryOf, type Finding, type FullReport } from './finding.ts';

const marks = {
  yes: styledMark('green', '✓'),
  no: styledMark('red', '✗'),
  unknown: styledMark('yellow', '?'),
};

const markWidth = 1;
const gaps = 4;
const titleWidth = 36;

/**
 * Returns a report for people: the result in a sentence, each check, and what to fix.
 *
 * @param width columns of the terminal
 */
export function reportText(report: FullReport, width: number): string {
  if (report.problem !== undefined) return wrapText(report.problem, width);
  const seenWidth = width - markWidth - titleWidth - gaps;
  const table = textTable(
    [{ head: '' }, { head: 'the function …', width: titleWidth }, { head: 'observation', width: seenWidth }],
    report.results.map((result) => [marks[result.result](), catalogue[result.id].title, seenText(result)]),
    width,
  );
  const findings = findingsOf(report).map((finding) => findingText(finding, width));
  return [wrapText(summaryOf(report), width), '', table, ...findings.flatMap((text) => ['', text])].join(
    '\n',
  );
}

function seenText({ result, seen, how }: CheckResult): string {
  return result === 'unknown' ? `unknown: ${seen}` : `${seen} (${how})`;
}

function findingText(
  { severity, title, sent, seen, cost, fix, withLibrary }: Finding,
  width: number,
): string {
  const lines = [
    `${severity}: ${title}`,
    `Sent:    ${sent}`,
    `Seen:    ${seen}`,
    `Cost:    ${cost}`,
    `Fix:     ${fix}`,
    ...(withLibrary === undefined ? [] : [`Library: ${withLibrary}`]),
  ];
  return lines.map((line, row) => wrapText(line, width, row === 0 ? '  ' : ' '.repeat(9))).join('\n');
}

/** Styled when it is printed: a pipe, or NO_COLOR, gets none. */
function styledMark(colour: 'green' | 'red' | 'yellow', mark: string): () => string {
  return () => styleText(colour, mark, { stream: process.stdout });
}
