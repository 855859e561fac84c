import {
  analyseSeries,
  type Measurements,
  type Noise,
  type Prices,
  type Sample,
  type Series,
  type SeriesFigures,
} from '@parallel-lambda/report';

import { composeMeasurements, type Circumstances } from '../compose-measurements.ts';
import { runTrials, type OnProgress, type RunPlan } from '../run-trials.ts';
import type { Trial } from '../trial.ts';

/** What has been measured so far, stage by stage. */
export class TuningRun {
  readonly #circumstances: Circumstances;
  readonly #run: typeof runTrials;
  readonly #workloads: Measurements['workloads'];
  readonly #samples: Sample[] = [];
  readonly #trials = new Map<string, Trial>();
  readonly #keptSeries: readonly Series[];
  #noise: Noise = { calibrationsMs: [], loadAverage: 0 };

  /**
   * @param kept what was measured before, and is gone on with
   * @param run how trials are run
   */
  constructor(
    circumstances: Circumstances,
    workloads: Measurements['workloads'],
    kept?: Measurements,
    run = runTrials,
  ) {
    this.#run = run;
    this.#circumstances = circumstances;
    this.#workloads = workloads;
    this.#samples.push(...(kept?.samples ?? []));
    this.#keptSeries = kept?.series ?? [];
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
    const { samples, noise } = await this.#run({ ...plan, trials: due }, onProgress);
    this.#samples.push(...samples);
    const calibrationsMs = [...this.#noise.calibrationsMs, ...noise.calibrationsMs];
    this.#noise = { ...noise, ...(this.#noise.calibrationsMs.length > 0 && this.#noise), calibrationsMs };
  }

  figures(prices: Prices): readonly SeriesFigures[] {
    const measurements = this.measurements();
    return measurements.series.map((series) => analyseSeries(measurements, series, prices));
  }

  /** What is searched, as far as it has been measured. */
  measurements(timelines: Measurements['timelines'] = []): Measurements {
    return this.#compose([], timelines);
  }

  /** The same, and what was kept and a later stage may go on with: nothing of it is lost before. */
  soFar(): Measurements {
    return this.#compose(this.#keptSeries.filter(({ id }) => !this.#trials.has(id)));
  }

  #compose(others: readonly Series[], timelines: Measurements['timelines'] = []): Measurements {
    const series = [...this.trials.map((trial) => trial.series), ...others];
    const known = new Set(series.map(({ id }) => id));
    const samples = this.#samples.filter((sample) => known.has(sample.series));
    return composeMeasurements(
      this.#circumstances,
      { workloads: this.#workloads, series, timelines },
      { samples, noise: this.#noise },
    );
  }
}
