import {
  type ComparedFunctions,
  comparedWorkloads,
  composeMeasurements,
  localFunctions,
  planComparison,
  runTrials,
} from '@parallel-lambda/measure';
import { pricesOf, type Measurements } from '@parallel-lambda/report';

import type { ExitCode } from '../shared/exit-code.ts';
import { measureProgress } from '../shared/measure-progress.ts';
import { showFindings } from '../shared/show-findings.ts';
import { openAssembly } from '../shared/workspace.ts';
import { checkPlace, toJson, writeReport, writeResult } from '../shared/write-report.ts';
import type { CompareOptions } from './command.ts';

/** Measures the techniques, stores the measurements, and shows the results. */
export async function run(options: CompareOptions): Promise<ExitCode> {
  // Usage errors are reported before the measurement: an unknown region, a file that cannot be written.
  pricesOf(options.region, options.prices);
  await checkPlace(options.json);
  await checkPlace(options.html);
  const measurements = await measure(options);
  await writeResult(options.json, toJson(measurements));
  const code = showFindings(measurements, options.prices);
  await writeReport(measurements, options);
  return code;
}

async function measure(options: CompareOptions): Promise<Measurements> {
  const functions = await functionsOf(options);
  const { techniques, open, asDeployed, circumstances } = functions;
  using progress = measureProgress();
  const trials = planComparison(techniques, asDeployed);
  const plan = { trials, open, leastRuns: options.runs, mostRuns: 100, budgetMs: options.budget * 1000 };
  const measured = await runTrials(plan, progress.onProgress);
  const timelines = await functions.recordTimelines(progress);
  return composeMeasurements(
    { purpose: 'compare', region: options.region, ...circumstances },
    { workloads: comparedWorkloads(asDeployed), series: trials.map(({ series }) => series), timelines },
    measured,
  );
}

async function functionsOf(options: CompareOptions): Promise<ComparedFunctions> {
  if (!options.remote) return localFunctions(await openAssembly(), options);
  // Loaded here, because the AWS SDK takes longer to load than a function to run.
  const { deployedFunctions } = await import('@parallel-lambda/deployed-stack');
  return deployedFunctions(options.stack);
}
