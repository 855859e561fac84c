import type { Assembly } from '@parallel-lambda/local-lambda';
import { pricesOf, type Measurements, type Setting } from '@parallel-lambda/report';

import { planComparison } from './comparison/plan-comparison.ts';
import { coldStart, drawn, sampleBatch, workloads } from './comparison/workloads.ts';
import { showFindings } from './draw/show-findings.ts';
import { checkPlace, toJson, writeReport, writeResult, type ReportOptions } from './draw/write-report.ts';
import { composeMeasurements } from './measuring/compose-measurements.ts';
import { thisMachine } from './measuring/machine.ts';
import { openLocally } from './measuring/open-local.ts';
import { showProgress, type Progress } from './measuring/progress.ts';
import { recordTimeline } from './measuring/record-timeline.ts';
import { runTrials } from './measuring/run-trials.ts';
import type { FunctionOptions } from './options.ts';
import { openAssembly } from './workspace.ts';

/** What `lab compare` is told. */
export interface CompareOptions extends FunctionOptions, ReportOptions {
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
  pricesOf(options.region);
  await checkPlace(options.json);
  await checkPlace(options.html);
  const measurements = await measure(await openAssembly(), options);
  await writeResult(options.json, toJson(measurements));
  showFindings(measurements);
  await writeReport(measurements, options);
}

async function measure(assembly: Assembly, options: CompareOptions): Promise<Measurements> {
  using progress = showProgress();
  const techniques = settingsOf(assembly, options);
  const trials = planComparison(techniques);
  const open = openLocally(assembly, options);
  const plan = { trials, open, leastRuns: options.runs, mostRuns: 100, budgetMs: options.budget * 1000 };
  const run = await runTrials(plan, progress.onProgress);
  const timelines = await drawTimelines(assembly, options, techniques, progress);
  return composeMeasurements(
    {
      purpose: 'compare',
      machine: thisMachine(),
      runtime: options.runtime,
      enforced: { cpu: false, memory: false },
      architecture: assembly.functions[0]?.architecture ?? 'arm64',
      region: options.region,
    },
    { workloads: [...workloads, sampleBatch, coldStart], trials, timelines },
    run,
  );
}

/** Every technique of the assembly, as its template sets it up unless the options say otherwise. */
function settingsOf({ functions }: Assembly, { memory }: CompareOptions): readonly Setting[] {
  return functions.map(({ name, memoryMb }) => ({ function: name, memoryMb: memory ?? memoryMb }));
}

async function drawTimelines(
  assembly: Assembly,
  options: FunctionOptions,
  techniques: readonly Setting[],
  progress: Progress,
): Promise<Measurements['timelines']> {
  const open = openLocally(assembly, options, { TIMELINE: 'on' });
  const timelines = [];
  for (const setting of techniques) {
    progress.say(`recording the timeline of ${setting.function}`);
    timelines.push(await recordTimeline(open, setting, drawn));
  }
  return timelines;
}
