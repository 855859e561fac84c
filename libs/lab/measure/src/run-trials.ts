import { estimate, uncertainty, type Noise, type Sample, type Series } from '@parallel-lambda/report';

import { Environments } from './environments.ts';
import type { OpenFunction } from './measured-functions.ts';
import { NoiseWatch } from './noise.ts';

/** Something to measure. */
export interface Trial {
  readonly series: Series;
  readonly event: unknown;
  /** An event for invocations before the first sample, which do not count. @default none */
  readonly warmUp?: unknown;
  /** How often the warm-up event is invoked. @default 1 */
  readonly warmUps?: number;
  /** Invocations directly before each sample that do not count. @default 0 */
  readonly untimed?: number;
  /** Maximum samples, if fewer than the plan's: for slow trials. */
  readonly maxRuns?: number;
}

/** How to run trials. */
export interface RunPlan {
  readonly trials: readonly Trial[];
  readonly open: OpenFunction;
  /** Minimum samples per trial. */
  readonly minRuns: number;
  readonly maxRuns: number;
  /** No invocation is started after this time, so samples can be missing. */
  readonly budgetMs: number;
  /** Milliseconds on a clock that never goes back. @default performance.now */
  readonly clock?: () => number;
}

/** What a measurement does next: a sample of a series, or the timeline of a function. */
export type Progress =
  | {
      readonly series: Series;
      /** Samples so far. */
      readonly done: number;
      /** Maximum time left. */
      readonly leftMs: number;
    }
  | { readonly timelineOf: string };

export type OnProgress = (progress: Progress) => void;

export interface TrialsRun {
  readonly samples: readonly Sample[];
  readonly noise: Noise;
}

export type RunTrials = (plan: RunPlan, onProgress: OnProgress) => Promise<TrialsRun>;

/** A median with this uncertainty, plus or minus 2 %, needs no more samples. */
const acceptedUncertainty = 0.02;

/** A trial that has failed this often and never succeeded is not tried again. */
const maxConsecutiveFailures = 2;

/**
 * Runs trials round by round, so that other load on the machine affects all of them: first the minimum samples of each,
 * then more of those with an uncertain median, as long as there is time. Each round starts with another trial.
 */
export const runTrials: RunTrials = async (plan, onProgress) => {
  const { trials, open, minRuns, maxRuns, budgetMs, clock = () => performance.now() } = plan;
  const endsAt = clock() + budgetMs;
  const watch = new NoiseWatch();
  const samples: Sample[] = [];
  const samplesOf = new Map(trials.map((trial) => [trial, [] as Sample[]]));
  const add = (trial: Trial, sample: Sample) => {
    samplesOf.get(trial)?.push(sample);
    samples.push(sample);
  };
  await using environments = new Environments(open);
  for (const trial of trials) {
    if (clock() >= endsAt) break;
    const failure = await environments.warmUp(trial);
    if (failure) add(trial, failure);
  }
  for (let round = 0; round < maxRuns; round++) {
    const due = trials.filter((trial) => isDue(trial, samplesOf.get(trial) ?? [], round, minRuns));
    if (due.length === 0) break;
    for (const trial of rotated(due, round)) {
      const expected = round < minRuns ? 0 : expectedMs(samplesOf.get(trial) ?? []);
      if (clock() + expected >= endsAt) continue;
      onProgress({ series: trial.series, done: samples.length, leftMs: endsAt - clock() });
      watch.calibrate();
      add(trial, await environments.run(trial));
    }
  }
  return { samples, noise: watch.end() };
};

function isDue(trial: Trial, samples: readonly Sample[], round: number, minRuns: number): boolean {
  const { length } = samples;
  if (length >= (trial.maxRuns ?? Infinity)) return false;
  if (length >= maxConsecutiveFailures && samples.every((sample) => failed(sample, trial))) return false;
  if (round < minRuns) return true;
  return (
    length > 0 && uncertainty(estimate(samples.map(({ durationMs }) => durationMs))) > acceptedUncertainty
  );
}

function failed(sample: Sample, { series }: Trial): boolean {
  return sample.error !== undefined || sample.failed === series.messages;
}

function expectedMs(samples: readonly Sample[]): number {
  return Math.max(0, ...samples.map(({ durationMs, initDurationMs = 0 }) => durationMs + initDurationMs));
}

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
