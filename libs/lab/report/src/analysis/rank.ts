import { compareMedians } from '../statistics/compare-medians.ts';
import type { SeriesFigures } from './analyse-series.ts';

/** Series by their duration: those that no sample shows to be slower than the fastest, and those that are. */
export interface Ranking<Figures extends SeriesFigures> {
  /** The fastest settings, which cannot be distinguished; the smallest median first. */
  readonly fastest: readonly Figures[];
  /** Results in the order of their medians. */
  readonly slower: readonly Figures[];
}

/** The smallest ratio that is reported as a difference, even if smaller ones are certain. */
const noteworthy = 1.05;

/** Separates the fastest from the others, as far as the samples allow. Series without a figure are in neither list. */
export function rank<Figures extends SeriesFigures>(all: readonly Figures[]): Ranking<Figures> {
  const ordered = all
    .filter(({ duration }) => duration !== undefined)
    .sort((a, b) => (a.duration?.median ?? 0) - (b.duration?.median ?? 0));
  const [best] = ordered;
  if (!best) return { fastest: [], slower: [] };
  const isSlower = ({ durationsMs }: Figures): boolean => {
    const { ratio, differs } = compareMedians(durationsMs, best.durationsMs);
    return differs && ratio > noteworthy;
  };
  return {
    fastest: ordered.filter((figures) => !isSlower(figures)),
    slower: ordered.filter(isSlower),
  };
}
