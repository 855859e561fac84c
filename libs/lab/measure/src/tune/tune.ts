import { LabError } from '@parallel-lambda/local-lambda';
import type { Measurements, Prices, SeriesFigures, Timeline } from '@parallel-lambda/report';

import type { MeasuredFunctions } from '../measured-functions.ts';
import { defaultBudget } from '../options.ts';
import { StagedRun } from '../staged-run.ts';
import type { OnProgress, Trial } from '../trial.ts';
import { trialOf } from './candidates.ts';
import { searchSpace, type SearchSpace, type SpaceOptions } from './search-space.ts';
import { around, climb, coarse, nearest } from './search.ts';

/** Options for `tune`. */
export interface TuneOptions extends SpaceOptions {
  /** AWS region for prices. */
  readonly region: string;
  readonly prices: Prices;
  /** Seconds for the whole search. */
  readonly budget: number;
  /** Maximum time per message in milliseconds. @default no limit */
  readonly p99?: number | undefined;
  /** Name or folder of a user's own function. @default the functions of this workspace */
  readonly function?: string | undefined;
  /** The commit that is measured. @default unknown */
  readonly commit?: string | undefined;
  /** Stored measurements to continue. @default none */
  readonly kept?: Measurements | undefined;
  readonly onProgress: OnProgress;
  /** Receives all measurements after each stage, so that an interrupted search loses only the current stage. */
  readonly onStage: (soFar: Measurements) => Promise<void>;
  /** Returns milliseconds. @default performance.now */
  readonly clock?: () => number;
}

/** The share of the remaining time that each stage may use. */
const shares = { coarse: 0.35, around: 0.4, climb: 0.5, nearest: 1 } as const;

/** The share of the budget that is reserved for the last stage. */
const reserved = 0.2;

/** Milliseconds of the budget that are reserved for the timelines. */
const timelinesMs = 5000;

/** Messages of a timeline: few enough to see each. */
const timelineMessages = 16;

/**
 * Searches the settings in stages: a coarse search over technique and memory size, then settings around the best of each
 * technique, then rounds around the advised settings until none of them changes, then more samples for the advised settings and
 * for those that cannot be distinguished from them.
 *
 * @throws {LabError} `usage`, if the budget is too small for the coarse search, or a memory size too large
 */
export async function tune(functions: MeasuredFunctions, options: TuneOptions): Promise<Measurements> {
  const { prices, p99: p99Ms, onProgress, clock = () => performance.now() } = options;
  const space = searchSpace(functions, options);
  const budgetMs = options.budget * 1000 - timelinesMs;
  const endsAt = clock() + budgetMs;
  const leftMs = (): number => Math.max(0, endsAt - clock());
  const present = space.present.map((candidate) => trialOf(space.batches, candidate).series.id);
  const run = new StagedRun(functions, subjectOf(space, present, options), options.kept);
  const found = (): readonly SeriesFigures[] => run.figures(prices);
  const stage = async (trials: readonly Trial[], share: number, minRuns: number, maxRuns: number) => {
    await run.stage(trials, { minRuns, maxRuns, budgetMs: leftMs() * share }, (progress) => {
      onProgress({ ...progress, leftMs: leftMs() + timelinesMs });
    });
    await options.onStage(run.soFar());
  };
  await stage(coarse(space), shares.coarse, 2, 3);
  refuseTooSmall(found(), options.budget);
  await stage(around(space, found()), shares.around, 2, 3);
  for (;;) {
    const trials = climb(space, found(), p99Ms);
    if (trials.length === 0 || leftMs() < budgetMs * reserved) break;
    await stage(trials, shares.climb, 2, 3);
  }
  await stage(nearest(run.trials, found(), { p99Ms, present }), shares.nearest, 6, 40);
  return run.measurements(await timelines(functions, space, options));
}

function subjectOf(
  { batches }: SearchSpace,
  present: readonly string[],
  { region, function: folder, p99: p99Ms, commit }: TuneOptions,
): ConstructorParameters<typeof StagedRun>[1] {
  return {
    purpose: 'tune',
    region,
    ...(folder !== undefined && { folder }),
    ...(p99Ms !== undefined && { p99Ms }),
    ...(commit !== undefined && { commit }),
    ...(present.length > 0 && { present }),
    workloads: [batches.workload],
  };
}

/**
 * Refuses to recommend the setting that was measured first by chance.
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
  { batches, functions, memorySizes }: SearchSpace,
  { function: folder, onProgress }: TuneOptions,
): Promise<readonly Timeline[]> {
  const { body, downstream } = batches.workload;
  if (!recordTimeline || folder !== undefined || body === undefined || downstream !== undefined) return [];
  const recorded: Timeline[] = [];
  for (const name of functions) {
    onProgress({ timelineOf: name });
    const setting = { function: name, memoryMb: Math.max(...memorySizes) };
    recorded.push(await recordTimeline(setting, { messages: timelineMessages, body }));
  }
  return recorded;
}
