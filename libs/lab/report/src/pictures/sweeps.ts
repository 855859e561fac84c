import { adaptiveSentences } from '../analysis/adaptive-sentences.ts';
import type { SeriesFigures } from '../analysis/analyse-series.ts';
import type { Series, Setting } from '../measurements/measurements.ts';

/** Series that differ in one setting, a line for each technique. */
export interface Sweep {
  readonly axis: string;
  /** Returns a value for a sentence. */
  readonly valueText: (x: number) => string;
  readonly xOf: (series: Series) => number;
  /** Sentence about the settings that all points of a line share. */
  readonly held: string;
  /** Sentences about series that have no point. */
  readonly remarks?: readonly string[];
  readonly lines: readonly { readonly variant: string; readonly figures: readonly SeriesFigures[] }[];
}

/** Returns the series along memory: those that differ in nothing else, the same for each technique. */
export function alongMemory(all: readonly SeriesFigures[]): Sweep {
  const xOf = ({ setting }: Series): number => setting.memoryMb;
  const restOf = ({ setting, messages }: Series): string =>
    rest({ ...setting, function: '', memoryMb: 0 }, messages);
  const swept = largest(all, restOf, xOf);
  const messages = swept[0]?.series.messages ?? 0;
  return {
    axis: 'MB of memory',
    valueText: (x) => `${x} MB`,
    xOf,
    held: `Batches of ${messages}; default workers and threads.`,
    lines: linesOf(swept, xOf),
  };
}

/** Returns the series along workers, each technique with the memory and batch size that were measured most often. */
export function alongWorkers(all: readonly SeriesFigures[]): Sweep {
  const xOf = ({ setting }: Series): number => Number(setting.workers);
  const swept = all.filter(({ series: { setting } }) => typeof setting.workers === 'number');
  const restOf = ({ setting, messages }: Series): string => rest({ ...setting, workers: 0 }, messages);
  return {
    axis: 'workers',
    valueText: (x) => `${x} workers`,
    xOf,
    held: 'Memory and batch size are the best of the coarse search for each technique.',
    remarks: adaptiveSentences(all),
    lines: linesOfEach(swept, restOf, xOf),
  };
}

/** Returns the series along batch size, each technique with the memory that was measured most often. */
export function alongBatchSize(all: readonly SeriesFigures[]): Sweep {
  const xOf = ({ messages }: Series): number => messages;
  return {
    axis: 'messages in a batch',
    valueText: (x) => `${x} messages`,
    xOf,
    held: 'Memory is the best of the coarse search for each technique.',
    lines: linesOfEach(all, ({ setting }) => rest(setting, 0), xOf),
  };
}

/** Returns the series along an environment variable with numbers as values. */
export function alongVariable(all: readonly SeriesFigures[], name: string): Sweep {
  const xOf = ({ setting }: Series): number => Number(setting.variables?.[name]);
  const restOf = ({ setting, messages }: Series): string =>
    rest({ ...setting, variables: { ...setting.variables, [name]: '' } }, messages);
  const swept = all.filter(({ series }) => Number.isFinite(xOf(series)));
  return {
    axis: name,
    valueText: (x) => `${name}=${x}`,
    xOf,
    held: 'Memory and batch size are the best of the coarse search.',
    lines: linesOfEach(swept, restOf, xOf),
  };
}

function rest({ function: name, memoryMb, workers, threads, variables }: Setting, messages: number): string {
  return JSON.stringify([name, memoryMb, workers, threads, variables, messages]);
}

type TextOf = (series: Series) => string;
type NumberOf = (series: Series) => number;

/** Returns the series that share all other properties: those with the most values; of several the first. */
function largest(all: readonly SeriesFigures[], restOf: TextOf, xOf: NumberOf): readonly SeriesFigures[] {
  const groups = [...Map.groupBy(all, ({ series }) => restOf(series)).values()];
  const valuesOf = (group: readonly SeriesFigures[]): number =>
    new Set(group.map(({ series }) => xOf(series))).size;
  return groups.reduce<readonly SeriesFigures[]>(
    (most, group) => (valuesOf(group) > valuesOf(most) ? group : most),
    [],
  );
}

function linesOfEach(all: readonly SeriesFigures[], restOf: TextOf, xOf: NumberOf): Sweep['lines'] {
  const byVariant = Map.groupBy(all, ({ series }) => series.variant);
  return linesOf(
    [...byVariant.values()].flatMap((own) => largest(own, restOf, xOf)),
    xOf,
  );
}

function linesOf(all: readonly SeriesFigures[], xOf: NumberOf): Sweep['lines'] {
  const byVariant = Map.groupBy(all, ({ series }) => series.variant);
  return [...byVariant].map(([variant, own]) => ({
    variant,
    figures: [...own].sort((a, b) => xOf(a.series) - xOf(b.series)),
  }));
}
