import { dirname } from 'node:path';

import { pricesOf, type Measurements } from '@parallel-lambda/report';

import { showFindings } from '../draw/show-findings.ts';
import { checkPlace, toJson, writeReport, writeResult } from '../draw/write-report.ts';
import { showProgress } from '../measuring/progress.ts';
import { interruption } from './interruption.ts';
import { readKept } from './kept-measurements.ts';
import { localTuning } from './local-tuning.ts';
import { refuseTooSmall } from './refuse-too-small.ts';
import { remoteTuning } from './remote-tuning.ts';
import { around, coarse, nearest } from './search.ts';
import { TuningRun } from './tuning-run.ts';
import type { TuneOptions, Tuning } from './tuning.ts';

/** The share of the time that is left which each stage may take. */
const shares = { coarse: 0.5, around: 0.6, nearest: 1 } as const;

/** So much of the budget is kept for the timelines. */
const timelinesMs = 5000;

/** Searches settings, keeps what was measured after each stage, and says which to take. */
export async function tune(options: TuneOptions): Promise<void> {
  if (options.restore) {
    const { restoreFunctions } = await import('../remote/index.ts');
    await restoreFunctions(options.stack, dirname(options.json));
    return;
  }
  pricesOf(options.region, options.prices);
  const measurements = await measure(options);
  await writeResult(options.json, toJson(measurements));
  showFindings(measurements, options.prices);
  await writeReport(measurements, options);
}

async function measure(options: TuneOptions): Promise<Measurements> {
  const tuning = await (options.remote ? remoteTuning(options) : localTuning(options));
  // Nothing of a deployed function may stay changed.
  using interrupted = options.remote ? interruption(() => tuning.left()) : undefined;
  try {
    const kept = options.resume ? await readKept(options.json, tuning) : undefined;
    await checkPlace(options.json);
    await checkPlace(options.html);
    const searched = search(tuning, options, kept);
    return await (interrupted ? Promise.race([searched, interrupted.promise]) : searched);
  } finally {
    await tuning[Symbol.asyncDispose]();
  }
}

async function search(tuning: Tuning, options: TuneOptions, kept?: Measurements): Promise<Measurements> {
  const { space, open, circumstances } = tuning;
  const endsAt = performance.now() + options.budget * 1000 - timelinesMs;
  const leftMs = (): number => Math.max(0, endsAt - performance.now());
  const { region, p99: p99Ms } = options;
  const prices = pricesOf(region, options.prices);
  const run = new TuningRun(
    { purpose: 'tune', region, ...circumstances, ...(p99Ms !== undefined && { p99Ms }) },
    [space.batches.workload],
    kept,
    tuning.run,
  );
  using progress = showProgress();
  const stage = async (
    trials: Parameters<TuningRun['stage']>[0],
    share: number,
    runs: readonly [number, number],
  ) => {
    const [leastRuns, mostRuns] = runs;
    const plan = { open, leastRuns, mostRuns, budgetMs: leftMs() * share };
    await run.stage(trials, plan, (now) => {
      progress.onProgress({ ...now, leftMs: leftMs() + timelinesMs });
    });
    await writeResult(options.json, toJson(run.soFar()));
  };
  await stage(coarse(space), shares.coarse, [2, 3]);
  refuseTooSmall(run.figures(prices), options);
  await stage(around(space, run.figures(prices)), shares.around, [2, 3]);
  await stage(nearest(run.trials, run.figures(prices), options.p99), shares.nearest, [6, 40]);
  return run.measurements(await tuning.recordTimelines(progress));
}
