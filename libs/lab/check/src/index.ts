export { steps } from './chaos/message-plan.ts';
export { type ChaosProgress, runChaos } from './chaos/run-chaos.ts';
export { type Verdict } from './chaos/verdict.ts';
export { type Check, type Finding } from './checks/check.ts';
export { checks } from './checks/checks.ts';
export { type Section, sections } from './checks/sections.ts';
