import type { SeriesFigures } from '../analysis/analyse-series.ts';

/** What is missing or failed among the series of a picture, so that it never hides it; none where all is well. */
export function missingSentences(all: readonly SeriesFigures[]): readonly string[] {
  const missing = all.filter(({ duration, failures }) => !duration && failures.invocations === 0);
  const failed = all.filter(({ failures }) => failures.invocations + failures.messages > 0);
  const names = (figures: readonly SeriesFigures[]): string =>
    figures.map(({ series }) => series.id).join('; ');
  return [
    ...(failed.length > 0 ? [`Failed in part or whole: ${names(failed)}.`] : []),
    ...(missing.length > 0 ? [`Not measured, for want of time: ${names(missing)}.`] : []),
  ];
}
