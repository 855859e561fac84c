import { styleText } from 'node:util';

import type { Assembly } from '@parallel-lambda/local-lambda';
import {
  analyseWorkloads,
  conditions,
  failureSentences,
  meaning,
  priceList,
  pricesOf,
  table,
  type Measurements,
  type Setting,
} from '@parallel-lambda/report';

import { planComparison } from './comparison/plan-comparison.ts';
import { coldStart, drawn, sampleBatch, workloads } from './comparison/workloads.ts';
import { composeMeasurements } from './measuring/compose-measurements.ts';
import { thisMachine } from './measuring/machine.ts';
import { openLocally } from './measuring/open-local.ts';
import { showProgress, type Progress } from './measuring/progress.ts';
import { recordTimeline } from './measuring/record-timeline.ts';
import { openResultFile } from './measuring/result-file.ts';
import { runTrials } from './measuring/run-trials.ts';
import type { FunctionOptions } from './options.ts';
import { openAssembly } from './workspace.ts';

/** What `lab compare` is told. */
export interface CompareOptions extends FunctionOptions {
  /** At least so many samples of each. */
  readonly runs: number;
  /** Seconds. */
  readonly budget: number;
  readonly region: string;
  readonly json?: string;
}

/** Measures, keeps what was measured where that is wanted, and shows what it says. */
export async function compare(options: CompareOptions): Promise<void> {
  const prices = pricesOf(options.region);
  const assembly = await openAssembly();
  await using file = options.json === undefined ? undefined : await openResultFile(options.json);
  const measurements = await measure(assembly, options);
  await file?.writeFile(`${JSON.stringify(measurements, undefined, 2)}\n`);
  const groups = analyseWorkloads(measurements, prices);
  console.log(table(groups));
  for (const sentence of failureSentences(groups)) console.log(styleText('yellow', `! ${sentence}`));
  for (const sentence of meaning(groups)) console.log(`- ${sentence}`);
  for (const sentence of conditions(measurements, priceList)) console.log(styleText('dim', sentence));
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
