import {
  analyseSeries,
  pricesOf,
  type Measurements,
  type Noise,
  type Sample,
  type SeriesFigures,
} from '@parallel-lambda/report';

import { composeMeasurements, type Circumstances } from '../measuring/compose-measurements.ts';
import { runTrials, type OnProgress, type RunPlan } from '../measuring/run-trials.ts';
import type { Trial } from '../measuring/trial.ts';

/** What has been measured so far, stage by stage. */
export class TuningRun {
  readonly #circumstances: Circumstances;
  readonly #workloads: Measurements['workloads'];
  readonly #samples: Sample[] = [];
  readonly #trials = new Map<string, Trial>();
  #noise: Noise = { calibrationsMs: [], loadAverage: 0 };

  /** @param kept what was measured before, and is gone on with */
  constructor(circumstances: Circumstances, workloads: Measurements['workloads'], kept?: Measurements) {
    this.#circumstances = circumstances;
    this.#workloads = workloads;
    this.#samples.push(...(kept?.samples ?? []));
    if (kept) this.#noise = kept.noise;
  }

  get trials(): readonly Trial[] {
    return [...this.#trials.values()];
  }

  /** Measures trials that have fewer samples than they must have. */
  async stage(
    trials: readonly Trial[],
    plan: Omit<RunPlan, 'trials'>,
    onProgress: OnProgress,
  ): Promise<void> {
    for (const trial of trials) this.#trials.set(trial.series.id, trial);
    const due = trials.filter(({ series, mostRuns }) => {
      const have = this.#samples.filter((sample) => sample.series === series.id).length;
      return have < Math.min(plan.leastRuns, mostRuns ?? Infinity);
    });
    const { samples, noise } = await runTrials({ ...plan, trials: due }, onProgress);
    this.#samples.push(...samples);
    const calibrationsMs = [...this.#noise.calibrationsMs, ...noise.calibrationsMs];
    this.#noise = { ...noise, ...(this.#noise.calibrationsMs.length > 0 && this.#noise), calibrationsMs };
  }

  figures(): readonly SeriesFigures[] {
    const measurements = this.measurements();
    const prices = pricesOf(measurements.region);
    return measurements.series.map((series) => analyseSeries(measurements, series, prices));
  }

  measurements(timelines: Measurements['timelines'] = []): Measurements {
    const trials = this.trials;
    const known = new Set(trials.map(({ series }) => series.id));
    const samples = this.#samples.filter(({ series }) => known.has(series));
    return composeMeasurements(
      this.#circumstances,
      { workloads: this.#workloads, trials, timelines },
      { samples, noise: this.#noise },
    );
  }
}
