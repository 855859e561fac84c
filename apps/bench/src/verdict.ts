import { digits, milliseconds, spreadOf } from '@parallel-lambda/report';

import { bestPeer, type Target } from './case.ts';
import type { Series } from './measure.ts';

/** A target with the figures of a run. */
export interface Verdict {
  readonly competitor: string;
  /** The target in words. */
  readonly target: string;
  readonly mostMs: number;
  /** The same as was measured: a ratio, or milliseconds. */
  readonly cameOut: string;
  readonly reached: boolean;
}

/** Holds the medians of a run against a target. */
export function judge(target: Target, series: readonly Series[]): Verdict {
  const { competitor, against, above, most } = target;
  const { ratio = 1, moreMs = 0 } = most;
  const commonMs = above === undefined ? 0 : medianOf(above, series);
  const againstMs = against === undefined ? 0 : medianOf(against, series) - commonMs;
  const mostMs = againstMs * ratio + moreMs + commonMs;
  const ownMs = medianOf(competitor, series);
  const cameOut =
    most.moreMs === undefined
      ? `${digits((ownMs - commonMs) / againstMs, 3)} ×`
      : `${against === undefined ? '' : '+ '}${milliseconds(ownMs - againstMs * ratio - commonMs)}`;
  return { competitor, target: inWords(target), mostMs, cameOut, reached: ownMs <= mostMs };
}

function medianOf(competitor: string, series: readonly Series[]): number {
  if (competitor === bestPeer) {
    return Math.min(
      ...series.filter(({ peer }) => peer).map(({ durationsMs }) => spreadOf(durationsMs).median),
    );
  }
  const one = series.find((candidate) => candidate.competitor === competitor);
  if (!one) throw new Error(`${competitor} was not measured`);
  return spreadOf(one.durationsMs).median;
}

function inWords({ against, above, most: { ratio = 1, moreMs } }: Target): string {
  if (against === undefined) return 'at most';
  const times = ratio === 1 ? against : `${Number(ratio.toFixed(3))} × ${against}`;
  const more = moreMs === undefined ? times : `${times} + ${moreMs} ms`;
  return above === undefined ? more : `${more}, above ${above}`;
}
