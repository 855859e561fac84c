export { steps } from './chaos/message-plan.ts';
export { type ChaosProgress, runChaos } from './chaos/run-chaos.ts';
export { type Verdict } from './chaos/verdict.ts';
export { type Check, type Finding, checks } from './checks.ts';
export { type Section, sections } from './sections.ts';
