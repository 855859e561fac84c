import { maxEventBytes, mbPerVcpu } from '@parallel-lambda/local-lambda';
import { advise, settingText, type SeriesFigures, type Series, type Setting } from '@parallel-lambda/report';

import type { Trial } from '../trial.ts';
import type { Batches } from './batches.ts';
import type { SearchSpace } from './search-space.ts';

const warmUpMessages = 10;
const coldRuns = 3;

/** Maximum settings per advice that are measured again because they may be equally good. */
const maxAlike = 3;

/** Batches that are expected to take longer are not tried. */
const longestBatchMs = 15_000;

/** The first stage: every function with every memory size, and the cold start of each. */
export function coarse({ batches, functions, memorySizes, batchSize }: SearchSpace): readonly Trial[] {
  const largest = Math.max(...memorySizes);
  const warm = memorySizes.flatMap((memoryMb) =>
    functions.map((name) => trialOf(batches, { function: name, memoryMb }, batchSize)),
  );
  const cold = functions.map((name): Trial => {
    const setting = { function: name, memoryMb: largest };
    const series = { ...seriesOf(batches, setting, 10), id: `${name}, cold start`, cold: true };
    return { series, event: batches.of(batches.fixedSize ?? 10), maxRuns: coldRuns };
  });
  return [...warm, ...cold];
}

/**
 * The second stage: other workers, threads and batch sizes around the cheapest setting of each function. The functions
 * take turns, so that a short budget affects all of them.
 */
export function around(space: SearchSpace, found: readonly SeriesFigures[]): readonly Trial[] {
  const each = space.functions.map((name) => {
    const best = advise(found.filter(({ series }) => series.variant === name))[0]?.figures;
    return best ? aroundOne(space, best) : [];
  });
  const longest = Math.max(0, ...each.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => each.flatMap((trials) => trials[place] ?? [])).flat();
}

function aroundOne(space: SearchSpace, best: SeriesFigures): readonly Trial[] {
  const { batches, batchSize } = space;
  const { setting } = best.series;
  // Threads cannot speed up less than one vCPU.
  const threads =
    space.threaded.includes(setting.function) && setting.memoryMb >= mbPerVcpu ? space.threads : [];
  const sizes = batches.fixedSize === undefined ? space.batchSizes : [];
  return [
    ...sizes
      .filter((size) => size !== batchSize && expectedMs(best, size) < longestBatchMs)
      .map((size) => trialOf(batches, setting, size))
      .filter(({ event }) => Buffer.byteLength(JSON.stringify(event)) <= maxEventBytes),
    ...space.workers
      .filter((workers) => workers === 'adaptive' || workers <= batchSize)
      .map((workers) => trialOf(batches, { ...setting, workers }, batchSize)),
    ...threads.map((count) => trialOf(batches, { ...setting, threads: count }, batchSize)),
    ...Object.entries(space.vary).flatMap(([name, values]) =>
      values.map((value) => trialOf(batches, { ...setting, variables: { [name]: value } }, batchSize)),
    ),
  ];
}

/** The last stage: the settings of the advice, and those that may be equally good. */
export function nearest(
  trials: readonly Trial[],
  found: readonly SeriesFigures[],
  p99Ms: number | undefined,
): readonly Trial[] {
  const ids = advise(found, p99Ms).flatMap(({ figures, alike }) =>
    [figures, ...alike.slice(0, maxAlike)].map(({ series }) => series.id),
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
  const what = { variant: setting.function, setting, messages: size };
  return { id: settingText(what), workload: workload.name, ...what, cold: false };
}

/** Assumes that each message takes as long as in the measured batch. */
function expectedMs({ duration, series }: SeriesFigures, messages: number): number {
  return ((duration?.median ?? 0) / series.messages) * messages;
}
