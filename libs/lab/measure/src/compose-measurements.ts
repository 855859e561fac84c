import {
  format,
  type Measurements,
  type Series,
  type Timeline,
  type Workload,
} from '@parallel-lambda/report';

import type { TrialsRun } from './run-trials.ts';

/** What of the circumstances goes with what was measured. */
export type Circumstances = Pick<
  Measurements,
  'purpose' | 'machine' | 'runtime' | 'enforced' | 'architecture' | 'region' | 'p99Ms'
>;

/** Puts together what is kept of a run: all that is needed to draw it again, on whatever machine. */
export function composeMeasurements(
  circumstances: Circumstances,
  {
    workloads,
    series,
    timelines,
  }: {
    readonly workloads: readonly Workload[];
    readonly series: readonly Series[];
    readonly timelines: readonly Timeline[];
  },
  { samples, noise }: TrialsRun,
): Measurements {
  return {
    format,
    takenAt: new Date().toISOString(),
    node: process.version,
    ...circumstances,
    workloads,
    series,
    samples,
    timelines,
    // What this machine did beside says nothing of functions that ran elsewhere.
    noise: circumstances.machine ? noise : { calibrationsMs: [], loadAverage: 0 },
  };
}
