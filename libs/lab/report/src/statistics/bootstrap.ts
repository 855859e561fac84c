import { seededRandom } from '@parallel-lambda/event-sources';
import { median, quantile, sampleWithReplacement } from 'simple-statistics';

/** Confidence level of an interval. */
export const confidence = 0.95;

const resamples = 1000;

/** Confidence interval of a figure. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The bootstrap's percentile interval of a figure that is made of medians: the samples are drawn again, with
 * replacement, a thousand times, and of the thousand figures the middle 95 % are taken. The same samples
 * give the same interval each time.
 *
 * @param figure receives the median of each resampled list
 * @see Efron, B., Tibshirani, R. J.: An Introduction to the Bootstrap (1993), chapter 13
 */
export function bootstrapInterval(
  lists: readonly (readonly number[])[],
  figure: (...medians: number[]) => number,
): Interval {
  const next = seededRandom(1);
  const drawn = Array.from({ length: resamples }, () =>
    figure(...lists.map((samples) => median(sampleWithReplacement([...samples], samples.length, next)))),
  );
  const tail = (1 - confidence) / 2;
  const [low = NaN, high = NaN] = quantile(drawn, [tail, 1 - tail]);
  return { low, high };
}
