import type { CheckResult } from '../checks/check-result.ts';
import { catalogue } from './catalogue.ts';
import { findingsOf, summaryOf, type FullReport } from './finding.ts';

const marks = { yes: '✓', no: '✗', unknown: '?' } as const;

/**
 * Returns a report as Markdown, for a comment on a pull request.
 *
 * @param before the report of the main branch, to show the differences. @default none
 */
export function reportMarkdown(report: FullReport, before?: FullReport): string {
  if (report.problem !== undefined) return `### ${report.function}\n\n${report.problem}\n`;
  const rows = report.results.map((result) => {
    const cells = [marks[result.result], catalogue[result.id].title, cell(result.seen)];
    return `| ${[...cells, ...(before ? [changeOf(result, before)] : [])].join(' | ')} |`;
  });
  const heads = ['', `${report.function} …`, 'observation', ...(before ? ['main branch'] : [])];
  const findings = findingsOf(report).map(({ severity, title, seen, cost, fix }) =>
    [`- **${severity}: ${title}.** ${cost}`, `  - Seen: ${seen}`, `  - Fix: ${fix}`].join('\n'),
  );
  return [
    `### ${summaryOf(report)}`,
    '',
    `| ${heads.join(' | ')} |`,
    `|${heads.map(() => ' --- |').join('')}`,
    ...rows,
    ...(findings.length > 0 ? ['', ...findings] : []),
    '',
  ].join('\n');
}

function changeOf({ id, result }: CheckResult, { results }: FullReport): string {
  const before = results.find((each) => each.id === id)?.result;
  if (before === undefined) return 'not checked';
  return before === result ? 'the same' : `was ${marks[before]}`;
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
}
