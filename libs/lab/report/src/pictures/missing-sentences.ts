import type { SeriesFigures } from '../analysis/analyse-series.ts';

/** So many are named; the tables have them all. */
const mostNames = 4;

/** What is missing or failed among the series of a picture, so that it never hides it; none where all is well. */
export function missingSentences(all: readonly SeriesFigures[]): readonly string[] {
  const missing = all.filter(({ duration, failures }) => !duration && failures.invocations === 0);
  const failed = all.filter(({ failures }) => failures.invocations + failures.messages > 0);
  const names = (figures: readonly SeriesFigures[]): string => {
    const ids = figures.slice(0, mostNames).map(({ series }) => series.id);
    const others = figures.length - ids.length;
    return [...ids, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
  };
  return [
    ...(failed.length > 0 ? [`Failed in part or whole: ${names(failed)}.`] : []),
    ...(missing.length > 0 ? [`Not measured, for want of time: ${names(missing)}.`] : []),
  ];
}
