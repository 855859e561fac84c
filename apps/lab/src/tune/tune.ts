import { LocalLambdaError } from '@parallel-lambda/local-lambda';
import { pricesOf, readMeasurements, type Machine, type Measurements } from '@parallel-lambda/report';

import { showFindings } from '../draw/show-findings.ts';
import { checkPlace, toJson, writeReport, writeResult } from '../draw/write-report.ts';
import { thisMachine } from '../measuring/machine.ts';
import { openLocally } from '../measuring/open-local.ts';
import { showProgress, type Progress } from '../measuring/progress.ts';
import { recordTimeline } from '../measuring/record-timeline.ts';
import { readText } from '../read-text.ts';
import { prepareTuning, type TuneOptions, type Tuning } from './prepare-tuning.ts';
import { around, coarse, nearest } from './search.ts';
import { TuningRun } from './tuning-run.ts';

/** The share of the time that is left which each stage may take. */
const shares = { coarse: 0.5, around: 0.6, nearest: 1 } as const;

/** Messages of a timeline: few enough to see each. */
const drawnMessages = 16;

/** So much of the budget is kept for the timelines. */
const timelinesMs = 5000;

/** Searches settings, keeps what was measured after each stage, and says which to take. */
export async function tune(options: TuneOptions): Promise<void> {
  pricesOf(options.region);
  const tuning = await prepareTuning(options);
  const kept = options.resume ? await readKept(options, tuning) : undefined;
  await checkPlace(options.json);
  await checkPlace(options.html);
  const measurements = await search(tuning, options, kept);
  await writeResult(options.json, toJson(measurements));
  showFindings(measurements);
  await writeReport(measurements, options);
}

async function search(tuning: Tuning, options: TuneOptions, kept?: Measurements): Promise<Measurements> {
  const { space, open, assembly, enforced } = tuning;
  const endsAt = performance.now() + options.budget * 1000 - timelinesMs;
  const run = new TuningRun(
    {
      purpose: 'tune',
      machine: thisMachine(),
      runtime: options.runtime,
      enforced,
      architecture: assembly.functions[0]?.architecture ?? 'arm64',
      region: options.region,
      ...(options.p99 !== undefined && { p99Ms: options.p99 }),
    },
    [space.batches.workload],
    kept,
  );
  using progress = showProgress();
  const stage = async (
    trials: Parameters<TuningRun['stage']>[0],
    share: number,
    runs: readonly [number, number],
  ) => {
    const [leastRuns, mostRuns] = runs;
    const budgetMs = Math.max(0, endsAt - performance.now()) * share;
    await run.stage(trials, { open, leastRuns, mostRuns, budgetMs }, progress.onProgress);
    await writeResult(options.json, toJson(run.measurements()));
  };
  await stage(coarse(space), shares.coarse, [2, 3]);
  await stage(around(space, run.figures()), shares.around, [2, 3]);
  await stage(nearest(run.trials, run.figures(), options.p99), shares.nearest, [6, 40]);
  return run.measurements(await timelinesOf(tuning, options, progress));
}

/** Only the project's own workload tells its steps; what the messages of others do is not seen. */
async function timelinesOf(
  { assembly, space }: Tuning,
  options: TuneOptions,
  progress: Progress,
): Promise<Measurements['timelines']> {
  const { body } = space.batches.workload;
  if (options.function !== undefined || body === undefined) return [];
  const open = openLocally(assembly, { runtime: options.runtime }, { TIMELINE: 'on' });
  const memoryMb = Math.max(...space.memorySizes);
  const timelines = [];
  for (const name of space.functions) {
    progress.say(`recording the timeline of ${name}`);
    const setting = { function: name, memoryMb };
    timelines.push(await recordTimeline(open, setting, { messages: drawnMessages, body }));
  }
  return timelines;
}

/**
 * What an earlier run kept in the file.
 *
 * @throws {LocalLambdaError} when it is of another machine or of other messages: the two do not go together
 * @throws {MeasurementsError} when it is of another format
 */
async function readKept({ json }: TuneOptions, { space }: Tuning): Promise<Measurements> {
  const kept = readMeasurements(await readText(json), json);
  const refuse = (why: string): never => {
    throw new LocalLambdaError(
      'setting',
      `${json} cannot be gone on with: ${why}. Without --resume it is replaced`,
    );
  };
  if (kept.purpose !== 'tune') refuse('it was not measured by tune');
  if (!isSameMachine(kept.machine, thisMachine())) {
    refuse(
      `it was measured on another machine (${kept.machine?.cpus ?? '?'} × ${kept.machine?.cpu ?? 'deployed'})`,
    );
  }
  const [before, now] = [kept.workloads[0], space.batches.workload];
  if (JSON.stringify(before) !== JSON.stringify(now)) refuse('it was measured with other messages');
  return kept;
}

function isSameMachine(one: Machine | undefined, other: Machine): boolean {
  return one?.cpu === other.cpu && one.cpus === other.cpus && one.platform === other.platform;
}
