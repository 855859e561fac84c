import { longestEvent, mbOfVcpu } from '@parallel-lambda/local-lambda';
import { advise, settingText, type SeriesFigures, type Series, type Setting } from '@parallel-lambda/report';

import type { Trial } from '../trial.ts';
import type { Batches } from './batches.ts';
import type { SearchSpace } from './search-space.ts';

const warmUpMessages = 10;
const coldRuns = 3;

/** So many that cannot be told from an advice are looked at more closely. */
const mostAlike = 3;

/** So long may a batch take, with some room, before it is left out of the search. */
const longestBatchMs = 15_000;

/** First: every function with every memory size, and how each starts. */
export function coarse({ batches, functions, memorySizes, batchSize }: SearchSpace): readonly Trial[] {
  const largest = Math.max(...memorySizes);
  const warm = memorySizes.flatMap((memoryMb) =>
    functions.map((name) => trialOf(batches, { function: name, memoryMb }, batchSize)),
  );
  const cold = functions.map((name): Trial => {
    const setting = { function: name, memoryMb: largest };
    const series = { ...seriesOf(batches, setting, 10), id: `${name}, cold start`, cold: true };
    return { series, event: batches.of(batches.fixedSize ?? 10), mostRuns: coldRuns };
  });
  return [...warm, ...cold];
}

/**
 * Then: around the cheapest of each function, other workers, threads and batch sizes; the functions take turns, so that
 * what there is no time for is missing of all alike.
 */
export function around(space: SearchSpace, found: readonly SeriesFigures[]): readonly Trial[] {
  const each = space.functions.map((name) => {
    const best = advise(found.filter(({ series }) => series.way === name))[0]?.figures;
    return best ? aroundOne(space, best) : [];
  });
  const longest = Math.max(0, ...each.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => each.flatMap((trials) => trials[place] ?? [])).flat();
}

function aroundOne(space: SearchSpace, best: SeriesFigures): readonly Trial[] {
  const { batches, batchSize } = space;
  const { setting } = best.series;
  // Less than one vCPU is no better for being divided among threads.
  const threads =
    space.threaded.includes(setting.function) && setting.memoryMb >= mbOfVcpu ? space.threads : [];
  const sizes = batches.fixedSize === undefined ? space.batchSizes : [];
  return [
    ...sizes
      .filter((size) => size !== batchSize && expectedMs(best, size) < longestBatchMs)
      .map((size) => trialOf(batches, setting, size))
      .filter(({ event }) => Buffer.byteLength(JSON.stringify(event)) <= longestEvent),
    ...space.workers
      .filter((workers) => workers <= batchSize)
      .map((workers) => trialOf(batches, { ...setting, workers }, batchSize)),
    ...threads.map((count) => trialOf(batches, { ...setting, threads: count }, batchSize)),
  ];
}

/** Last: what the advice is about, and what cannot be told from it. */
export function nearest(
  trials: readonly Trial[],
  found: readonly SeriesFigures[],
  p99Ms: number | undefined,
): readonly Trial[] {
  const ids = advise(found, p99Ms).flatMap(({ figures, alike }) =>
    [figures, ...alike.slice(0, mostAlike)].map(({ series }) => series.id),
  );
  return trials.filter(({ series }) => ids.includes(series.id));
}

function trialOf(batches: Batches, setting: Setting, messages: number): Trial {
  return {
    series: seriesOf(batches, setting, messages),
    event: batches.of(messages),
    warmUp: batches.of(Math.min(warmUpMessages, messages)),
  };
}

function seriesOf({ workload, fixedSize }: Batches, setting: Setting, messages: number): Series {
  const size = fixedSize ?? messages;
  const what = { way: setting.function, setting, messages: size };
  return { id: settingText(what), workload: workload.name, ...what, cold: false };
}

/** As if every message took as long as one does in the batch that was measured. */
function expectedMs({ duration, series }: SeriesFigures, messages: number): number {
  return ((duration?.median ?? 0) / series.messages) * messages;
}
