import { hasFailed } from '../analysis/advise.ts';
import type { SeriesFigures } from '../analysis/analyse-series.ts';

/** Series named in a sentence; the tables list all of them. */
const maxNames = 4;

/** Returns a sentence about failed and one about missing series, so that a picture never hides them. */
export function missingSentences(all: readonly SeriesFigures[]): readonly string[] {
  const missing = all.filter(({ duration, failures }) => !duration && failures.invocations === 0);
  const failed = all.filter(hasFailed);
  const names = (figures: readonly SeriesFigures[]): string => {
    const ids = figures.slice(0, maxNames).map(({ series }) => series.id);
    const others = figures.length - ids.length;
    return [...ids, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
  };
  return [
    ...(failed.length > 0
      ? [`Excluded, because messages failed: ${names(failed)}. ${reasonOf(failed)}`]
      : []),
    ...(missing.length > 0 ? [`Not measured within the time budget: ${names(missing)}.`] : []),
  ];
}

function reasonOf(failed: readonly SeriesFigures[]): string {
  const [worst] = [...failed].sort((a, b) => b.failures.invocations - a.failures.invocations);
  if (!worst) return '';
  const { failures, series, durationsMs } = worst;
  const { invocations, messages, why } = failures;
  if (invocations > 0) return `${series.id}: ${why ?? 'every message failed'}.`;
  const first = why === undefined ? '' : ` The first error: ${why}`;
  return `${series.id}: ${messages} of ${durationsMs.length * series.messages} messages failed.${first}`;
}
