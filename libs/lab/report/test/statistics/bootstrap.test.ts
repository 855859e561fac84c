import { seededRandom } from '@parallel-lambda/event-sources';
import { describe, expect, it } from 'vitest';

import { compareMedians, estimate, uncertainty } from '../../src/index.ts';

/** Samples around a middle, evenly a tenth to both sides. */
function samplesAround(middle: number, count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => middle * (0.9 + 0.2 * random()));
}

describe('an estimate', () => {
  it('has the median inside its interval, and the interval inside the samples', () => {
    const samples = samplesAround(200, 9, 7);
    const { median, low, high } = estimate(samples);
    expect(low).toBeLessThan(median);
    expect(high).toBeGreaterThan(median);
    expect(low).toBeGreaterThanOrEqual(Math.min(...samples));
    expect(high).toBeLessThanOrEqual(Math.max(...samples));
  });

  it('is the same for the same samples', () => {
    expect(estimate(samplesAround(200, 9, 7))).toEqual(estimate(samplesAround(200, 9, 7)));
  });

  it('covers the true median about as often as its level', () => {
    const covered = Array.from({ length: 400 }, (_, seed) => estimate(samplesAround(100, 15, seed + 1)));
    const share = covered.filter(({ low, high }) => low <= 100 && 100 <= high).length / 400;
    expect(share).toBeGreaterThan(0.88);
    expect(share).toBeLessThan(1);
  });

  it('takes the whole range of three samples for its interval', () => {
    expect(estimate([30, 10, 20])).toEqual({ median: 20, low: 10, high: 30, samples: 3 });
  });

  it('is as unsure as can be with a single sample', () => {
    expect(uncertainty(estimate([20]))).toBe(Infinity);
    expect(uncertainty(estimate([9, 10, 11]))).toBeCloseTo(0.1);
  });

  it('is none of no samples', () => {
    expect(() => estimate([])).toThrow();
  });
});

describe('a comparison of two medians', () => {
  it('finds an existing difference and its size', () => {
    const ratio = compareMedians(samplesAround(200, 7, 1), samplesAround(100, 7, 2));
    expect(ratio.differs).toBe(true);
    expect(ratio.low).toBeLessThan(2);
    expect(ratio.high).toBeGreaterThan(2);
  });

  it('rarely finds a difference that does not exist', () => {
    const found = Array.from({ length: 100 }, (_, seed) =>
      compareMedians(samplesAround(100, 9, seed + 1), samplesAround(100, 9, seed + 501)),
    ).filter(({ differs }) => differs);
    expect(found.length).toBeLessThan(10);
  });

  it.each([
    [3, 3, false],
    [4, 4, true],
    [3, 8, true],
    [1, 20, false],
  ])('of %d samples and %d, however far apart, finds one: %s', (one, other, differs) => {
    expect(compareMedians(samplesAround(900, one, 1), samplesAround(100, other, 2)).differs).toBe(differs);
  });
});
