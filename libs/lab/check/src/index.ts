export { steps } from './chaos/message-plan.ts';
export { runChaos, type ChaosProgress } from './chaos/run-chaos.ts';
export type { Verdict } from './chaos/verdict.ts';
export { runChecks } from './checks/run-checks.ts';
export type { Section } from './checks/sections.ts';
export { scorecard } from './report/scorecard.ts';
export { verdictText } from './report/verdict-text.ts';
