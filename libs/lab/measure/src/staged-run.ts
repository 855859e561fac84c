import {
  analyseSeries,
  format,
  type Measurements,
  type Noise,
  type Prices,
  type Sample,
  type SeriesFigures,
} from '@parallel-lambda/report';

import type { MeasuredFunctions } from './measured-functions.ts';
import type { OnProgress, RunPlan, Trial } from './trial.ts';

/** Content of measurements, apart from the series. */
export type Subject = Pick<
  Measurements,
  'purpose' | 'region' | 'folder' | 'p99Ms' | 'present' | 'commit' | 'workloads'
>;

const noNoise: Noise = { calibrationsMs: [], loadAverage: 0 };

/** A measurement in stages. It can be stored after each stage, and continued later. */
export class StagedRun {
  readonly #functions: Pick<MeasuredFunctions, 'open' | 'run' | 'circumstances'>;
  readonly #subject: Subject;
  readonly #kept: Pick<Measurements, 'series' | 'samples' | 'noise'>;
  readonly #samples: Sample[];
  readonly #trials = new Map<string, Trial>();
  #noise: Noise;

  /** @param kept is a stored measurement to continue */
  constructor(
    functions: Pick<MeasuredFunctions, 'open' | 'run' | 'circumstances'>,
    subject: Subject,
    kept: Pick<Measurements, 'series' | 'samples' | 'noise'> = { series: [], samples: [], noise: noNoise },
  ) {
    this.#functions = functions;
    this.#subject = subject;
    this.#kept = kept;
    this.#samples = [...kept.samples];
    this.#noise = kept.noise;
  }

  get trials(): readonly Trial[] {
    return [...this.#trials.values()];
  }

  /** Measures the trials that have fewer samples than the plan's minimum. */
  async stage(
    trials: readonly Trial[],
    plan: Omit<RunPlan, 'trials' | 'open'>,
    onProgress: OnProgress,
  ): Promise<void> {
    for (const trial of trials) this.#trials.set(trial.series.id, trial);
    const due = trials.filter(({ series, maxRuns = Infinity }) => {
      const { length } = this.#samples.filter((sample) => sample.series === series.id);
      return length < Math.min(plan.minRuns, maxRuns);
    });
    const { open, run } = this.#functions;
    const { samples, noise } = await run({ ...plan, open, trials: due }, onProgress);
    this.#samples.push(...samples);
    const { calibrationsMs } = this.#noise;
    const first = calibrationsMs.length > 0 ? this.#noise : noise;
    this.#noise = { ...first, calibrationsMs: [...calibrationsMs, ...noise.calibrationsMs] };
  }

  figures(prices: Prices): readonly SeriesFigures[] {
    const measurements = this.measurements();
    return measurements.series.map((series) => analyseSeries(measurements, series, prices));
  }

  /** Returns the measurements of the trials of all stages so far. */
  measurements(timelines: Measurements['timelines'] = []): Measurements {
    return this.#compose(
      this.trials.map(({ series }) => series),
      timelines,
    );
  }

  /** Returns these and the stored measurements, which a later stage may still need. */
  soFar(): Measurements {
    const others = this.#kept.series.filter(({ id }) => !this.#trials.has(id));
    return this.#compose([...others, ...this.trials.map(({ series }) => series)]);
  }

  #compose(series: Measurements['series'], timelines: Measurements['timelines'] = []): Measurements {
    const { circumstances } = this.#functions;
    const ids = new Set(series.map(({ id }) => id));
    return {
      format,
      takenAt: new Date().toISOString(),
      node: process.version,
      ...this.#subject,
      ...circumstances,
      series,
      samples: this.#samples.filter((sample) => ids.has(sample.series)),
      timelines,
      // The load of this machine does not matter for functions that run elsewhere.
      noise: circumstances.machine ? this.#noise : noNoise,
    };
  }
}
