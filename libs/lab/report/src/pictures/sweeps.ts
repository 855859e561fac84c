import { adaptiveSentences } from '../analysis/adaptive-sentences.ts';
import type { SeriesFigures } from '../analysis/analyse-series.ts';
import type { Series } from '../measurements/measurements.ts';

/** Series that differ in one setting, a line for each technique. */
export interface Sweep {
  readonly axis: string;
  readonly unit: string;
  readonly xOf: (series: Series) => number;
  /** Sentence about the settings that all points of a line share. */
  readonly held: string;
  /** Sentences about series that have no point. */
  readonly remarks?: readonly string[];
  readonly lines: readonly { readonly variant: string; readonly figures: readonly SeriesFigures[] }[];
}

/** Returns the series along memory, with default workers and threads and the most frequent batch size. */
export function alongMemory(all: readonly SeriesFigures[]): Sweep {
  const plain = all.filter(
    ({ series: { setting } }) => setting.workers === undefined && setting.threads === undefined,
  );
  const messages = mostFrequent(plain.map(({ series }) => series.messages));
  const xOf = ({ setting }: Series): number => setting.memoryMb;
  return {
    axis: 'MB of memory',
    unit: 'MB',
    xOf,
    held: `Batches of ${messages}; default workers and threads.`,
    lines: linesOf(
      plain.filter(({ series }) => series.messages === messages),
      xOf,
    ),
  };
}

/** Returns the series along workers, each technique with its most frequent memory and batch size. */
export function alongWorkers(all: readonly SeriesFigures[]): Sweep {
  const xOf = ({ setting }: Series): number => Number(setting.workers);
  const swept = all.filter(
    ({ series: { setting } }) => typeof setting.workers === 'number' && setting.threads === undefined,
  );
  return {
    axis: 'workers',
    unit: 'workers',
    xOf,
    held: 'Memory and batch size are the best of the coarse search for each technique.',
    remarks: adaptiveSentences(all),
    lines: linesOf(swept, xOf),
  };
}

/** Returns the series along batch size, each technique with its most frequent memory. */
export function alongBatchSize(all: readonly SeriesFigures[]): Sweep {
  const xOf = ({ messages }: Series): number => messages;
  const plain = all.filter(
    ({ series: { setting } }) => setting.workers === undefined && setting.threads === undefined,
  );
  const variants = [...new Set(plain.map(({ series }) => series.variant))];
  const swept = variants.flatMap((variant) => {
    const own = plain.filter(({ series }) => series.variant === variant);
    const usual = mostFrequent(own.map(({ series }) => series.messages));
    const other = own.filter(({ series }) => series.messages !== usual);
    const memory = mostFrequent(other.map(({ series }) => series.setting.memoryMb));
    return own.filter(({ series }) => series.setting.memoryMb === memory);
  });
  return {
    axis: 'messages in a batch',
    unit: 'messages',
    xOf,
    held: 'Memory is the best of the coarse search for each technique.',
    lines: linesOf(swept, xOf),
  };
}

function linesOf(all: readonly SeriesFigures[], xOf: (series: Series) => number): Sweep['lines'] {
  const variants = [...new Set(all.map(({ series }) => series.variant))];
  return variants.map((variant) => ({
    variant,
    figures: all
      .filter(({ series }) => series.variant === variant)
      .sort((a, b) => xOf(a.series) - xOf(b.series)),
  }));
}

function mostFrequent(values: readonly number[]): number | undefined {
  const counts = Map.groupBy(values, (value) => value);
  return [...counts].sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}
