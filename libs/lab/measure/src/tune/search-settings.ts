import type { Measurements, Prices } from '@parallel-lambda/report';

import type { Progress } from '../progress.ts';
import { refuseTooSmall } from './refuse-too-small.ts';
import { around, coarse, nearest } from './search.ts';
import { TuningRun } from './tuning-run.ts';
import type { Tuning } from './tuning.ts';

/** Options for `searchSettings`. */
export interface SearchOptions {
  /** An AWS region, whose prices decide what is cheapest. */
  readonly region: string;
  readonly prices: Prices;
  /** Seconds for the whole search. */
  readonly budget: number;
  /** The longest time that a message may take, in milliseconds. @default no limit */
  readonly p99?: number | undefined;
  /** The file that keeps the measurements, named in error messages. */
  readonly json: string;
  /** Measurements of an earlier run to continue with. @default none */
  readonly kept?: Measurements | undefined;
  readonly progress: Progress;
  /** Receives all measurements after each stage, so that an interrupted search loses only the current stage. */
  readonly onStage: (soFar: Measurements) => Promise<void>;
}

/** The share of the remaining time that each stage may use. */
const shares = { coarse: 0.5, around: 0.6, nearest: 1 } as const;

/** Milliseconds of the budget that are reserved for the timelines. */
const timelinesMs = 5000;

/**
 * Searches the settings in three stages: a coarse search over technique and memory size, then settings around the best
 * of each technique, then more samples for the winners and what cannot be told apart from them.
 *
 * @throws {LocalLambdaError} `setting`, if the budget is too small for the coarse search
 */
export async function searchSettings(tuning: Tuning, options: SearchOptions): Promise<Measurements> {
  const { space, open, circumstances } = tuning;
  const { region, prices, p99: p99Ms, progress } = options;
  const endsAt = performance.now() + options.budget * 1000 - timelinesMs;
  const leftMs = (): number => Math.max(0, endsAt - performance.now());
  const run = new TuningRun(
    { purpose: 'tune', region, ...circumstances, ...(p99Ms !== undefined && { p99Ms }) },
    [space.batches.workload],
    options.kept,
    tuning.run,
  );
  const stage = async (
    trials: Parameters<TuningRun['stage']>[0],
    share: number,
    [leastRuns, mostRuns]: readonly [number, number],
  ) => {
    const plan = { open, leastRuns, mostRuns, budgetMs: leftMs() * share };
    await run.stage(trials, plan, (now) => {
      progress.onProgress({ ...now, leftMs: leftMs() + timelinesMs });
    });
    await options.onStage(run.soFar());
  };
  await stage(coarse(space), shares.coarse, [2, 3]);
  refuseTooSmall(run.figures(prices), options);
  await stage(around(space, run.figures(prices)), shares.around, [2, 3]);
  await stage(nearest(run.trials, run.figures(prices), p99Ms), shares.nearest, [6, 40]);
  return run.measurements(await tuning.recordTimelines(progress));
}
