export { FailStepError, FetchStepError, InvalidStepError } from './errors.ts';
export { parseSteps } from './parse-steps.ts';
export { simulated } from './simulated.ts';
export type { Step, StepKind } from './steps/step-kind.ts';
export { work } from './work.ts';
export { workersSetting } from './workers-setting.ts';
