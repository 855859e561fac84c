import type { Timeline } from '@parallel-lambda/report';

import type { ReportOptions } from '../draw/write-report.ts';
import type { Circumstances } from '../measuring/compose-measurements.ts';
import type { Progress } from '../measuring/progress.ts';
import type { runTrials } from '../measuring/run-trials.ts';
import type { OpenFunction } from '../measuring/trial.ts';
import type { FunctionOptions, RemoteOptions } from '../options.ts';
import type { SearchSpace } from './search-space.ts';

/** Seconds: with the report, five minutes. */
export const defaultBudget = 285;

/** What `lab tune` is told. */
export interface TuneOptions extends Pick<FunctionOptions, 'runtime'>, RemoteOptions, ReportOptions {
  /** JSON. */
  readonly body?: string;
  /** A file. */
  readonly event?: string;
  /** The folder of a built function. */
  readonly function?: string;
  readonly handler: string;
  /** In MB. */
  readonly memory?: readonly number[];
  /** Messages in a batch, with which the coarse search is made. */
  readonly batchSize: number;
  /** Seconds. */
  readonly budget: number;
  /** Milliseconds. */
  readonly p99?: number;
  readonly region: string;
  /** A file. */
  readonly json: string;
  /** Whether what the file holds is gone on with. */
  readonly resume?: boolean;
  /** Whether what an earlier tuning left changed is given back, and nothing else is done. */
  readonly restore?: boolean;
}

/** All that a tuning needs, wherever its functions are. What of them was changed is given back when it is disposed of. */
export interface Tuning extends AsyncDisposable {
  readonly space: SearchSpace;
  readonly open: OpenFunction;
  readonly run: typeof runTrials;
  readonly circumstances: Omit<Circumstances, 'purpose' | 'region' | 'p99Ms'>;
  /** Has each function work on a batch of which every step is seen, where that can be. */
  recordTimelines(progress: Progress): Promise<readonly Timeline[]>;
  /** What is left changed until then, a sentence for each function. */
  left(): readonly string[];
}
