import { compareMedians } from '../statistics/compare-medians.ts';
import type { SeriesFigures } from './analyse-series.ts';

/** Settings to take, and for what. */
export interface Advice {
  readonly goal: 'cheapest' | 'fastest' | 'balanced' | 'cheapest in time';
  readonly figures: SeriesFigures;
  /** Other settings whose samples do not show them to be worse, the nearest first. */
  readonly alike: readonly SeriesFigures[];
}

/**
 * Recommended settings by cost of a million messages and by messages per second.
 *
 * - cheapest: the lowest cost
 * - fastest: the most messages a second of one environment
 * - balanced: the least ½ × cost ÷ the highest cost + ½ × time a message ÷ the longest, which is AWS Lambda Power Tuning's
 *   strategy `balanced` with its weight of 0.5
 * - cheapest in time: the lowest cost of those whose slowest batch took no longer than `p99Ms`
 *
 * @param p99Ms the longest that a message may take, from the batch's arrival until it is done: as long as its batch
 * @see https://github.com/alexcasalboni/aws-lambda-power-tuning/blob/master/README-INPUT-OUTPUT.md
 */
export function advise(all: readonly SeriesFigures[], p99Ms?: number): readonly Advice[] {
  const measured = all.filter((figures) => figures.cost && !figures.series.cold && !hasFailed(figures));
  if (measured.length === 0) return [];
  const inTime = measured.filter(({ durationsMs }) => Math.max(...durationsMs) <= (p99Ms ?? -1));
  const mostCost = Math.max(...measured.map(costOf));
  const mostTime = Math.max(...measured.map(timeOf));
  const balanceOf = (cost: number, time: number): number => 0.5 * (cost / mostCost) + 0.5 * (time / mostTime);
  const balance = (figures: SeriesFigures): number => balanceOf(costOf(figures), timeOf(figures));
  const balances = (figures: SeriesFigures): readonly number[] =>
    timesOf(figures).map((time, sample) => balanceOf(figures.costs[sample] ?? Infinity, time));
  return [
    adviceOf('cheapest', measured, costOf, ({ costs }) => costs),
    adviceOf('fastest', measured, timeOf, timesOf),
    adviceOf('balanced', measured, balance, balances),
    ...(inTime.length > 0 ? [adviceOf('cheapest in time', inTime, costOf, ({ costs }) => costs)] : []),
  ];
}

/** True if any message failed. A setting that fails is never advised, however fast it is. */
export function hasFailed({ failures }: SeriesFigures): boolean {
  return failures.invocations + failures.messages > 0;
}

function adviceOf(
  goal: Advice['goal'],
  all: readonly SeriesFigures[],
  scoreOf: (figures: SeriesFigures) => number,
  samplesOf: (figures: SeriesFigures) => readonly number[],
): Advice {
  const figures = all.reduce((best, candidate) => (scoreOf(candidate) < scoreOf(best) ? candidate : best));
  const alike = all
    .filter(
      (candidate) =>
        candidate !== figures &&
        scoreOf(candidate) < scoreOf(figures) * 1.5 &&
        !compareMedians(samplesOf(candidate), samplesOf(figures)).differs,
    )
    .sort((a, b) => scoreOf(a) - scoreOf(b));
  return { goal, figures, alike };
}

function costOf({ cost }: SeriesFigures): number {
  return cost?.median ?? Infinity;
}

/** Milliseconds a message. */
function timeOf({ throughput }: SeriesFigures): number {
  return 1000 / (throughput?.median ?? 0);
}

/** Returns the milliseconds per message of each sample. */
export function timesOf({ durationsMs, series }: SeriesFigures): readonly number[] {
  return durationsMs.map((ms) => ms / series.messages);
}

/** Settings of which none is both more expensive and slower than another, the cheapest first. */
export function paretoFront(all: readonly SeriesFigures[]): readonly SeriesFigures[] {
  const measured = all.filter((figures) => figures.cost && !figures.series.cold && !hasFailed(figures));
  return measured
    .filter((one) => !measured.some((other) => costOf(other) < costOf(one) && timeOf(other) < timeOf(one)))
    .sort((a, b) => costOf(a) - costOf(b));
}
