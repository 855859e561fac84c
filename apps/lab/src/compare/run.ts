import { pricesOf, type Measurements } from '@parallel-lambda/report';

import {
  type ComparedFunctions,
  comparedWorkloads,
  composeMeasurements,
  localFunctions,
  planComparison,
  runTrials,
} from '@parallel-lambda/measure';
import { showFindings } from '../shared/show-findings.ts';
import { checkPlace, toJson, writeReport, writeResult, type ReportOptions } from '../shared/write-report.ts';
import { showProgress } from '../shared/progress.ts';
import type { FunctionOptions } from '@parallel-lambda/local-lambda';
import type { RemoteOptions } from '../shared/options.ts';
import { openAssembly } from '../shared/workspace.ts';

/** What `lab compare` is told. */
export interface CompareOptions extends FunctionOptions, RemoteOptions, ReportOptions {
  /** At least so many samples of each. */
  readonly runs: number;
  /** Seconds. */
  readonly budget: number;
  readonly region: string;
  /** A file. */
  readonly json: string;
}

/** Measures, keeps what was measured, and shows what it says. */
export async function compare(options: CompareOptions): Promise<void> {
  // Before the measuring, what can be told is wrong: the region, a file's place.
  pricesOf(options.region, options.prices);
  await checkPlace(options.json);
  await checkPlace(options.html);
  const measurements = await measure(options);
  await writeResult(options.json, toJson(measurements));
  showFindings(measurements, options.prices);
  await writeReport(measurements, options);
}

async function measure(options: CompareOptions): Promise<Measurements> {
  const functions = await functionsOf(options);
  const { techniques, open, asDeployed, circumstances } = functions;
  using progress = showProgress();
  const trials = planComparison(techniques, asDeployed);
  const plan = { trials, open, leastRuns: options.runs, mostRuns: 100, budgetMs: options.budget * 1000 };
  const run = await runTrials(plan, progress.onProgress);
  const timelines = await functions.recordTimelines(progress);
  return composeMeasurements(
    { purpose: 'compare', region: options.region, ...circumstances },
    { workloads: comparedWorkloads(asDeployed), series: trials.map(({ series }) => series), timelines },
    run,
  );
}

async function functionsOf(options: CompareOptions): Promise<ComparedFunctions> {
  if (!options.remote) return localFunctions(await openAssembly(), options);
  // Not loaded before: the SDK takes longer to load than a function to run.
  const { deployedFunctions } = await import('@parallel-lambda/deployed-stack');
  return deployedFunctions(options.stack);
}
