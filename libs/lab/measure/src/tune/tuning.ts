import type { Timeline } from '@parallel-lambda/report';

import type { Circumstances } from '../compose-measurements.ts';
import type { Progress } from '../progress.ts';
import type { runTrials } from '../run-trials.ts';
import type { OpenFunction } from '../trial.ts';
import type { FunctionOptions } from '@parallel-lambda/local-lambda';
import type { Assembly } from '@parallel-lambda/local-stack';
import type { Batches } from './batches.ts';
import type { SearchSpace } from './search-space.ts';

/** Seconds: with the report, five minutes. */
export const defaultBudget = 285;

/** What a tuning of functions on this machine needs to know. */
export interface LocalTuningOptions extends Pick<FunctionOptions, 'runtime'> {
  /** The functions to compare: those of an assembly, or one of the user's own. */
  readonly assembly: Assembly;
  /** Whether the function is the user's own, so that only memory and batch size are searched. */
  readonly own: boolean;
  readonly batches: Batches;
  /** MB, from 128 to 10,240. @default what this machine can enforce */
  readonly memory?: readonly number[];
  /** Messages per batch in the coarse search, from 1 to 10,000. */
  readonly batchSize: number;
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
