import { counted } from '@parallel-lambda/report/terminal';

import type { CheckReport } from '../checks/run-checks.ts';
import type { MappingFinding } from '../mapping/mapping-findings.ts';
import { catalogue, type Severity } from './catalogue.ts';

/** A problem to fix: in the function, or in the mapping of its stack. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** A sentence without a full stop. */
  readonly title: string;
  readonly sent: string;
  readonly seen: string;
  readonly cost: string;
  readonly fix: string;
  readonly withLibrary?: string;
}

/** A report with the findings about the mapping of the function's stack. */
export interface FullReport extends CheckReport {
  readonly mapping?: readonly MappingFinding[];
}

/** Returns the problems to fix, the most expensive first. */
export function findingsOf({ results, mapping = [] }: FullReport): readonly Finding[] {
  const failed = results.filter(({ result }) => result === 'no');
  const findings = [
    ...failed.map(({ id, sent, seen }): Finding => {
      const { fault: title, severity, cost, fix, withLibrary } = catalogue[id];
      return { id, title, severity, cost, fix, withLibrary, sent, seen };
    }),
    ...mapping.map((finding): Finding => ({ ...finding, sent: 'nothing (this is a setting of the stack)' })),
  ];
  return [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))];
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** From which kind of result a check of a function fails. */
export const failLevels = ['error', 'warning', 'unknown', 'never'] as const;

export type FailLevel = (typeof failLevels)[number];

/** Returns whether a report fails at a level. A function that could not be checked fails unless the level is `never`. */
export function failsAt(report: FullReport, level: FailLevel): boolean {
  if (level === 'never') return false;
  const findings = findingsOf(report);
  if (report.problem !== undefined || findings.some(isError)) return true;
  if (level === 'error') return false;
  if (findings.length > 0) return true;
  return level === 'unknown' && report.results.some(({ result }) => result === 'unknown');
}

/** Returns the result of a check in a sentence. */
export function summaryOf(report: FullReport): string {
  const { problem, results } = report;
  if (problem !== undefined) return problem;
  const count = (result: string): number => results.filter((each) => each.result === result).length;
  const mapping = report.mapping?.length ?? 0;
  const parts = [
    `${count('yes')} of ${results.length} checks passed`,
    `${count('no')} failed`,
    `${count('unknown')} unknown`,
    ...(mapping > 0 ? [`${counted(mapping, 'setting')} of the mapping to change`] : []),
  ];
  return `${report.function}: ${parts.join(', ')}.`;
}
