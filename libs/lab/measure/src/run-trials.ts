import { estimate, uncertainty, type Noise, type Sample } from '@parallel-lambda/report';

import { Environments } from './environments.ts';
import { NoiseWatch } from './noise.ts';
import type { OpenFunction, Trial } from './trial.ts';

/** How trials are to be run. */
export interface RunPlan {
  readonly trials: readonly Trial[];
  readonly open: OpenFunction;
  /** Each so many times, whatever it shows. */
  readonly leastRuns: number;
  readonly mostRuns: number;
  /** After this no further invocation is begun: what is missing then is missing. */
  readonly budgetMs: number;
  /** Milliseconds, never going back. @default performance.now */
  readonly clock?: () => number;
}

/** Told before each invocation that counts. */
export type OnProgress = (progress: {
  readonly trial: Trial;
  readonly done: number;
  /** At most. */
  readonly leftMs: number;
}) => void;

/** What the trials gave. */
export interface TrialsRun {
  readonly samples: readonly Sample[];
  readonly noise: Noise;
}

/** A median that is as sure as this needs no more samples: plus or minus 2 %. */
const sureEnough = 0.02;

/** A trial that has failed so often and never succeeded is not tried again. */
const hopeless = 2;

/**
 * Runs trials round by round, each round beginning with another, so that what else the machine does falls on all alike:
 * first each as often as it must be, then those whose median is unsure, as long as there is time.
 */
export async function runTrials(plan: RunPlan, onProgress: OnProgress): Promise<TrialsRun> {
  const { trials, open, leastRuns, mostRuns, budgetMs, clock = () => performance.now() } = plan;
  const endsAt = clock() + budgetMs;
  const watch = new NoiseWatch();
  const samples: Sample[] = [];
  const own = new Map(trials.map((trial) => [trial, [] as Sample[]]));
  const keep = (trial: Trial, sample: Sample) => {
    own.get(trial)?.push(sample);
    samples.push(sample);
  };
  await using environments = new Environments(open);
  for (const trial of trials) {
    if (clock() >= endsAt) break;
    const failure = await environments.warmUp(trial);
    if (failure) keep(trial, failure);
  }
  for (let round = 0; round < mostRuns; round++) {
    const due = trials.filter((trial) => isDue(trial, own.get(trial) ?? [], round, leastRuns));
    if (due.length === 0) break;
    for (const trial of turned(due, round)) {
      const mine = own.get(trial) ?? [];
      if (clock() + (round < leastRuns ? 0 : expectedMs(mine)) >= endsAt) continue;
      onProgress({ trial, done: samples.length, leftMs: endsAt - clock() });
      watch.calibrate();
      keep(trial, await environments.run(trial));
    }
  }
  return { samples, noise: watch.end() };
}

function isDue(trial: Trial, samples: readonly Sample[], round: number, leastRuns: number): boolean {
  const { length } = samples;
  if (length >= (trial.mostRuns ?? Infinity)) return false;
  if (length >= hopeless && samples.every((sample) => failed(sample, trial))) return false;
  if (round < leastRuns) return true;
  return length > 0 && uncertainty(estimate(samples.map(({ durationMs }) => durationMs))) > sureEnough;
}

function failed(sample: Sample, { series }: Trial): boolean {
  return sample.error !== undefined || sample.failed === series.messages;
}

function expectedMs(samples: readonly Sample[]): number {
  return Math.max(0, ...samples.map(({ durationMs, initDurationMs = 0 }) => durationMs + initDurationMs));
}

function turned<T>(list: readonly T[], by: number): readonly T[] {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
