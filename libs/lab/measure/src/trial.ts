import type { InvocableFunction } from '@parallel-lambda/local-lambda';
import type { Noise, Sample, Series, Setting } from '@parallel-lambda/report';

/** Opens a function with a setting: in a new environment, if it runs on this machine. */
export type OpenFunction = (setting: Setting) => Promise<InvocableFunction>;

/** Something to measure. */
export interface Trial {
  readonly series: Series;
  readonly event: unknown;
  /** An event for invocations before the first sample, which do not count. @default none */
  readonly warmUp?: unknown;
  /** Number of invocations with the warm-up event. @default 1 */
  readonly warmUps?: number;
  /** Invocations directly before each sample that do not count. @default 0 */
  readonly untimed?: number;
  /** Maximum samples, if fewer than the plan's: for slow trials. */
  readonly maxRuns?: number;
}

/** Options for running trials. */
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

/** Next action of a measurement: a sample of a series, or the timeline of a function. */
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
