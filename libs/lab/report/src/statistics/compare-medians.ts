import { median } from 'simple-statistics';

import { bootstrapInterval, confidence, type Interval } from './bootstrap.ts';
import { combinations } from './combinations.ts';

/** Ratio of the two. */
export interface Ratio extends Interval {
  /** Ratio of the medians. */
  readonly ratio: number;
  /** True if the samples show a difference. */
  readonly differs: boolean;
}

/**
 * Compares two lists of samples. There is a difference only where the interval of the ratio leaves 1 out, and where
 * there are samples enough to show one: of three against three, chance alone orders all of one before all of the other
 * once in ten times.
 *
 * @throws when one of them is empty
 * @see Mann, H. B., Whitney, D. R.: On a Test of Whether one of Two Random Variables is Stochastically Larger than the
 * Other (1947), for how seldom chance alone separates two lists
 */
export function compareMedians(one: readonly number[], other: readonly number[]): Ratio {
  const interval = bootstrapInterval([one, other], (a = NaN, b = NaN) => a / b);
  const enough = 2 / combinations(one.length + other.length, one.length) <= 1 - confidence;
  const differs = enough && (interval.low > 1 || interval.high < 1);
  return { ratio: median([...one]) / median([...other]), ...interval, differs };
}
