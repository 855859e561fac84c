import { max, median, min } from 'simple-statistics';

/** The middle of some samples and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * @param samples at least one
 * @throws when there is none
 */
export function spreadOf(samples: readonly number[]): Spread {
  const values = [...samples];
  return { median: median(values), min: min(values), max: max(values) };
}
