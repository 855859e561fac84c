import type { Series } from '../measurements/measurements.ts';
import { counted } from '../statistics/units.ts';

/** A setting in words: `worker-threads, 1769 MB, 2 threads, 100 workers, batches of 100`. */
export function settingText({
  variant,
  setting,
  messages,
}: Pick<Series, 'variant' | 'setting' | 'messages'>): string {
  const { memoryMb, threads, workers, variables = {} } = setting;
  return [
    variant,
    `${memoryMb} MB`,
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    ...(threads === undefined ? [] : [counted(threads, 'thread')]),
    ...(workers === undefined ? [] : [workersText(workers)]),
    `batches of ${messages}`,
  ].join(', ');
}

/** Returns a setting for a sentence: without the name of the function if all series are of one, and with `1,769 MB`. */
export function settingWords(
  series: Pick<Series, 'variant' | 'setting' | 'messages'>,
  all: readonly { readonly series: Pick<Series, 'variant'> }[],
): string {
  const text = settingText(series).replace(/(?<=, )\d+(?= MB)/, (memory) =>
    Number(memory).toLocaleString('en'),
  );
  const isOnly = all.every((other) => other.series.variant === series.variant);
  return isOnly ? text.slice(series.variant.length + 2) : text;
}

/** Returns a number of workers in words, or `adaptive workers`. */
export function workersText(workers: number | 'adaptive'): string {
  return workers === 'adaptive' ? 'adaptive workers' : counted(workers, 'worker');
}
