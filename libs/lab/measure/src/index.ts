export { compare, type CompareOptions } from './compare/compare.ts';
export { type Comparable, readKept } from './kept-measurements.ts';
export { folderAsAssembly, localFunctions, type LocalOptions } from './local-functions.ts';
export type { Circumstances, MeasuredFunctions, OpenFunction, TimelineBatch } from './measured-functions.ts';
export { runInWaves } from './run-in-waves.ts';
export { type OnProgress, type Progress, runTrials, type Trial } from './run-trials.ts';
export { StagedRun } from './staged-run.ts';
export { batchesOfBody, batchesOfEvent, type Batches } from './tune/batches.ts';
export { defaultBudget, tune, type TuneOptions } from './tune/tune.ts';
