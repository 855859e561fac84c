import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';

/** Returns a number from 0 up to, not including, 1. */
export type Random = () => number;

/**
 * Creates a generator of random numbers that are the same in every run. Near seeds give unrelated numbers, which is why it
 * is a Mersenne Twister: rounds count their seeds up by 1.
 *
 * @param seed an integer
 */
export function seededRandom(seed: number): Random {
  const generator = mersenne(seed);
  return () => uniformFloat64(generator);
}
