import type { Measurements, Timeline } from '@parallel-lambda/report';

import type { MeasuredFunctions } from '../measured-functions.ts';
import { StagedRun } from '../staged-run.ts';
import type { OnProgress } from '../trial.ts';
import { comparedWorkloads, planComparison } from './plan-comparison.ts';
import { timelineBatch } from './workloads.ts';

/** Options for `compare`. */
export interface CompareOptions {
  /** Minimum samples per series, from 1 to 100. */
  readonly runs: number;
  /** Seconds. */
  readonly budget: number;
  /** AWS region for prices. */
  readonly region: string;
  /** The commit that is measured. @default unknown */
  readonly commit?: string | undefined;
  readonly onProgress: OnProgress;
}

/** Maximum samples per series. */
const maxRuns = 100;

/** Measures every technique and sequential processing over a few workloads. */
export async function compare(
  functions: MeasuredFunctions,
  { runs: minRuns, budget, region, commit, onProgress }: CompareOptions,
): Promise<Measurements> {
  const { settings, circumstances, recordTimeline } = functions;
  const deployed = circumstances.runtime === 'deployed';
  const run = new StagedRun(functions, {
    purpose: 'compare',
    region,
    ...(commit !== undefined && { commit }),
    workloads: comparedWorkloads(deployed),
  });
  const plan = { minRuns, maxRuns, budgetMs: budget * 1000 };
  await run.stage(planComparison(settings, deployed), plan, onProgress);
  const timelines: Timeline[] = [];
  for (const setting of recordTimeline ? settings : []) {
    onProgress({ timelineOf: setting.function });
    if (recordTimeline) timelines.push(await recordTimeline(setting, timelineBatch));
  }
  return run.measurements(timelines);
}
