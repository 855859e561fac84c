export { compare, type CompareOptions } from './compare/compare.ts';
export { commitOf } from './commit-of.ts';
export { readKept, storeMeasurements, type Comparable } from './kept-measurements.ts';
export {
  folderAsAssembly,
  localFunctions,
  type LocalOptions,
  type PresentSetting,
} from './local-functions.ts';
export type { Circumstances, MeasuredFunctions, TimelineBatch } from './measured-functions.ts';
export { progressText } from './progress-text.ts';
export { runInWaves } from './run-in-waves.ts';
export { runTrials } from './run-trials.ts';
export { StagedRun } from './staged-run.ts';
export { batchesOfBody, readBatches } from './tune/batches.ts';
export { openTuned, tunedText } from './tune/open-tuned.ts';
export { signalHandlers } from './tune/signal-handlers.ts';
export { tune, type TuneOptions } from './tune/tune.ts';
export type { OnProgress, OpenFunction, Progress, Trial } from './trial.ts';
