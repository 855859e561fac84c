/** Returns a number from 0 up to, not including, 1. */
export type Random = () => number;

/**
 * Creates a generator of numbers that are the same in every run (mulberry32). It is not that of `event-sources`: the targets
 * of the adaptive workers are tested with this sequence, and stored.
 */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
