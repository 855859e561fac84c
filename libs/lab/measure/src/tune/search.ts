import { advise, type SeriesFigures } from '@parallel-lambda/report';

import type { Trial } from '../trial.ts';
import { diagonals, fits, inTurns, seriesOf, singles, trialOf } from './candidates.ts';
import type { Candidate, SearchSpace } from './search-space.ts';

const coldRuns = 3;

/** Maximum settings per advice that are measured again because they may be equally good. */
const maxAlike = 4;

/** Maximum settings of a round, each of which has an environment. */
const maxClimb = 24;

/** Batches that are expected to take longer are not tried. */
const longestBatchMs = 5000;

/** The first stage: every function with every memory size, its present setting, and its cold start. */
export function coarse({
  batches,
  functions,
  memorySizes,
  batchSize,
  present,
}: SearchSpace): readonly Trial[] {
  const largest = Math.max(...memorySizes);
  const warm = memorySizes.flatMap((memoryMb) =>
    functions.map((name): Candidate => ({ setting: { function: name, memoryMb }, messages: batchSize })),
  );
  const cold = functions.map((name): Trial => {
    const messages = batches.fixedSize ?? 10;
    const setting = { function: name, memoryMb: largest };
    const series = { ...seriesOf(batches, { setting, messages }), id: `${name}, cold start`, cold: true };
    return { series, event: batches.of(messages), maxRuns: coldRuns };
  });
  return [...unique([...warm, ...present].map((candidate) => trialOf(batches, candidate))), ...cold];
}

/**
 * The second stage: other workers, threads, variables and batch sizes around the balanced setting of each function. The
 * functions take turns, so that a short budget affects all of them.
 */
export function around(space: SearchSpace, found: readonly SeriesFigures[]): readonly Trial[] {
  const each = space.functions.map((name) => {
    const own = found.filter(({ series }) => series.variant === name);
    const start = balancedOf(own) ?? leastFailed(own);
    return start ? newTrials(space, found, start, singles(space, start.series)) : [];
  });
  return inTurns(each);
}

function balancedOf(all: readonly SeriesFigures[]): SeriesFigures | undefined {
  return advise(all).find(({ goal }) => goal === 'balanced')?.figures;
}

/** Finds a start if every setting fails: fewer workers or smaller batches may succeed. */
function leastFailed(all: readonly SeriesFigures[]): SeriesFigures | undefined {
  const failed = ({ failures, series }: SeriesFigures): number =>
    failures.invocations * series.messages + failures.messages;
  const [first] = all.filter(({ series }) => !series.cold).sort((one, other) => failed(one) - failed(other));
  return first;
}

/**
 * The third stage, in rounds until nothing is left to try: settings that differ from one of the advice in one property, then
 * those that differ in memory and another one.
 */
export function climb(
  space: SearchSpace,
  found: readonly SeriesFigures[],
  p99Ms: number | undefined,
): readonly Trial[] {
  const best = unique(advise(found, p99Ms).map(({ figures }) => figures));
  const round = (candidatesOf: typeof singles): readonly Trial[] =>
    inTurns(best.map((figures) => newTrials(space, found, figures, candidatesOf(space, figures.series))));
  return unique([...round(singles), ...round(diagonals)]).slice(0, maxClimb);
}

/** The last stage: the settings of the advice, the present one, and those that may be equally good. */
export function nearest(
  trials: readonly Trial[],
  found: readonly SeriesFigures[],
  { p99Ms, present }: { readonly p99Ms: number | undefined; readonly present: readonly string[] },
): readonly Trial[] {
  const advices = advise(found, p99Ms);
  const variants = new Set(advices.map(({ figures }) => figures.series.variant));
  const ids = advices.flatMap(({ figures, alike }) =>
    [figures, ...alike.slice(0, maxAlike)].map(({ series }) => series.id),
  );
  return trials.filter(
    ({ series }) => ids.includes(series.id) || (present.includes(series.id) && variants.has(series.variant)),
  );
}

/** Leaves out settings that were tried, that take too long, or whose events are too large. */
function newTrials(
  { batches, batchSize }: SearchSpace,
  found: readonly SeriesFigures[],
  best: SeriesFigures,
  candidates: readonly Candidate[],
): readonly Trial[] {
  const measured = found.filter(
    ({ duration, failures }) => duration !== undefined || failures.invocations > 0,
  );
  const tried = new Set(measured.map(({ series }) => series.id));
  return candidates
    .filter(({ setting, messages }) => {
      const isShort = messages <= batchSize || expectedMs(best, messages) < longestBatchMs;
      return isShort && (typeof setting.workers !== 'number' || setting.workers <= messages);
    })
    .map((candidate) => trialOf(batches, candidate))
    .filter((trial) => !tried.has(trial.series.id) && fits(trial));
}

/** Assumes that each message takes as long as in the measured batch. */
function expectedMs({ duration, series }: SeriesFigures, messages: number): number {
  return ((duration?.median ?? 0) / series.messages) * messages;
}

function unique<Item extends { readonly series: { readonly id: string } }>(
  items: readonly Item[],
): readonly Item[] {
  return [...new Map(items.map((item) => [item.series.id, item])).values()];
}
