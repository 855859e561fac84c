import { estimate, uncertainty, type Sample } from '@parallel-lambda/report';

import { Environments } from './environments.ts';
import { NoiseWatch } from './noise.ts';
import type { RunTrials, Trial } from './trial.ts';

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
