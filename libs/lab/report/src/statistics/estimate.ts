import { median } from 'simple-statistics';

import { bootstrapInterval, type Interval } from './bootstrap.ts';

/** A median and its confidence interval. */
export interface Estimate extends Interval {
  readonly median: number;
  /** Number of samples. With one, the interval is a point and has no meaning. */
  readonly samples: number;
}

/**
 * @param samples at least one
 * @throws when there is none
 */
export function estimate(samples: readonly number[]): Estimate {
  const interval = bootstrapInterval([samples], (middle = NaN) => middle);
  return { median: median([...samples]), ...interval, samples: samples.length };
}

/** The half of the interval, as a share of the median: 0.05 is plus or minus 5 %. */
export function uncertainty({ median: middle, low, high, samples }: Estimate): number {
  return samples < 2 ? Infinity : (high - low) / 2 / middle;
}
