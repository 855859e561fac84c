import { vcpusOf } from '@parallel-lambda/local-lambda';

import type { SeriesFigures } from '../analysis/analyse-series.ts';
import type { LinePoint } from '../drawing/line-plot.ts';
import { compareMedians } from '../statistics/compare-medians.ts';

/**
 * Speed-ups of one technique with more vCPUs, compared with the size nearest to one.
 *
 * @param figures of one technique, along the memory
 * @returns from there on; none where nothing was measured near one vCPU
 */
export function speedUps(figures: readonly SeriesFigures[]): readonly LinePoint[] {
  const measured = figures.filter(({ durationsMs }) => durationsMs.length > 0);
  const one = measured.find(({ series }) => Math.abs(vcpusOf(series.setting.memoryMb) - 1) < 0.1);
  if (!one) return [];
  return measured
    .filter(({ series }) => series.setting.memoryMb >= one.series.setting.memoryMb)
    .map(({ series, durationsMs }) => {
      const { ratio, low, high } = compareMedians(one.durationsMs, durationsMs);
      const x = vcpusOf(series.setting.memoryMb);
      // With itself it is 1, and that is sure.
      return series === one.series ? { x, value: 1, low: 1, high: 1 } : { x, value: ratio, low, high };
    });
}
