export { steps } from './chaos/message-plan.ts';
export { runChaos, type ChaosProgress } from './chaos/run-chaos.ts';
export type { Verdict } from './chaos/verdict.ts';
export { runChecks } from './checks/run-checks.ts';
export { mappedBatches, mappingFindings } from './mapping/mapping-findings.ts';
export { failsAt } from './report/finding.ts';
export { reportText } from './report/report-text.ts';
export { verdictText } from './report/verdict-text.ts';
export { writeReports } from './report/write-reports.ts';
