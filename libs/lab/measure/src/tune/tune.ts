import { LabError } from '@parallel-lambda/local-lambda';
import type { Measurements, Prices, SeriesFigures, Timeline } from '@parallel-lambda/report';

import type { MeasuredFunctions } from '../measured-functions.ts';
import { defaultBudget } from '../options.ts';
import { StagedRun } from '../staged-run.ts';
import type { OnProgress, Trial } from '../trial.ts';
import { searchSpace, type SpaceOptions } from './search-space.ts';
import { around, coarse, nearest } from './search.ts';

/** Options for `tune`. */
export interface TuneOptions extends SpaceOptions {
  /** AWS region for prices. */
  readonly region: string;
  readonly prices: Prices;
  /** Seconds for the whole search. */
  readonly budget: number;
  /** Maximum time per message in milliseconds. @default no limit */
  readonly p99?: number | undefined;
  /** Folder of a user's own function. @default the functions of this workspace */
  readonly function?: string | undefined;
  /** The commit that is measured. @default unknown */
  readonly commit?: string | undefined;
  /** Stored measurements to continue. @default none */
  readonly kept?: Measurements | undefined;
  readonly onProgress: OnProgress;
  /** Receives all measurements after each stage, so that an interrupted search loses only the current stage. */
  readonly onStage: (soFar: Measurements) => Promise<void>;
}

/** The share of the remaining time that each stage may use. */
const shares = { coarse: 0.5, around: 0.6, nearest: 1 } as const;

/** Milliseconds of the budget that are reserved for the timelines. */
const timelinesMs = 5000;

/** Messages of a timeline: few enough to see each. */
const timelineMessages = 16;

/**
 * Searches the settings in three stages: a coarse search over technique and memory size, then settings around the best
 * of each technique, then more samples for the winners and for settings that cannot be distinguished from them.
 *
 * @throws {LabError} `usage`, if the budget is too small for the coarse search, or a memory size too large
 */
export async function tune(functions: MeasuredFunctions, options: TuneOptions): Promise<Measurements> {
  const { region, prices, p99: p99Ms, commit, kept, onProgress } = options;
  const space = searchSpace(functions, options);
  const endsAt = performance.now() + options.budget * 1000 - timelinesMs;
  const leftMs = (): number => Math.max(0, endsAt - performance.now());
  const workloads = [space.batches.workload];
  const subject = {
    purpose: 'tune',
    region,
    ...(options.function !== undefined && { folder: options.function }),
    ...(p99Ms !== undefined && { p99Ms }),
    ...(commit !== undefined && { commit }),
    workloads,
  } as const;
  const run = new StagedRun(functions, subject, kept);
  const stage = async (trials: readonly Trial[], share: number, minRuns: number, maxRuns: number) => {
    await run.stage(trials, { minRuns, maxRuns, budgetMs: leftMs() * share }, (progress) => {
      onProgress({ ...progress, leftMs: leftMs() + timelinesMs });
    });
    await options.onStage(run.soFar());
  };
  await stage(coarse(space), shares.coarse, 2, 3);
  refuseTooSmall(run.figures(prices), options.budget);
  await stage(around(space, run.figures(prices)), shares.around, 2, 3);
  await stage(nearest(run.trials, run.figures(prices), p99Ms), shares.nearest, 6, 40);
  return run.measurements(await timelines(functions, space, options));
}

/**
 * Refuses to advise by whatever happened to be measured first.
 *
 * @throws {LabError} `usage`, if there was no time for all settings of the coarse search
 */
export function refuseTooSmall(found: readonly SeriesFigures[], budget: number): void {
  const missing = found.filter(({ duration, failures }) => !duration && failures.invocations === 0);
  if (missing.length === 0) return;
  const failed = found.filter(({ failures }) => failures.invocations > 0);
  const [first] = failed;
  const reason = first
    ? `, and ${failed.length} failed (${first.series.id}: ${first.failures.why ?? 'every message failed'})`
    : '';
  throw new LabError(
    'usage',
    `--budget ${budget} is too short: ${missing.length} of the ${found.length} settings of the coarse search were not ` +
      `measured${reason}. Use a longer --budget (default: ${defaultBudget}) or fewer --memory sizes, and --resume to ` +
      'continue.',
  );
}

/** Timelines exist only for the steps of this project's workload. */
async function timelines(
  { recordTimeline }: MeasuredFunctions,
  { batches, functions, memorySizes }: ReturnType<typeof searchSpace>,
  { fixedWorkers, onProgress }: TuneOptions,
): Promise<readonly Timeline[]> {
  const { body } = batches.workload;
  if (!recordTimeline || fixedWorkers || body === undefined) return [];
  const recorded: Timeline[] = [];
  for (const name of functions) {
    onProgress({ timelineOf: name });
    const setting = { function: name, memoryMb: Math.max(...memorySizes) };
    recorded.push(await recordTimeline(setting, { messages: timelineMessages, body }));
  }
  return recorded;
}
