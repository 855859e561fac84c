import { seededRandom } from '@parallel-lambda/event-sources';
import { expect, it } from 'vitest';

import { growth } from '../../src/checks/growth.ts';

const limits = { noticeable: 100, negligible: 50 };

/** A function that warms up, with noise of a heap that is collected. */
function heap(seed: number, perLook: (look: number) => number): readonly number[] {
  const random = seededRandom(seed);
  let bytes = 10_000;
  return Array.from({ length: 20 }, (_, look) => {
    bytes += perLook(look) + Math.max(0, 300 - 40 * look);
    return bytes + 80 * (random() - 0.5);
  });
}

it.each([1, 2, 3, 4, 5])('finds growth that continues (seed %i)', (seed) => {
  expect(
    growth(
      heap(seed, () => 300),
      limits,
    ).trend,
  ).toBe('grows');
});

it.each([1, 2, 3, 4, 5])('does not take warming up for growth (seed %i)', (seed) => {
  expect(
    growth(
      heap(seed, () => 0),
      limits,
    ).trend,
  ).toBe('steady');
});

it.each([1, 2, 3, 4, 5])(
  'does not take a cache that fills up for growth without an end (seed %i)',
  (seed) => {
    expect(
      growth(
        heap(seed, (look) => (look < 15 ? 300 : 0)),
        limits,
      ).trend,
    ).not.toBe('grows');
  },
);

it('does not take one step for growth', () => {
  expect(
    growth(
      heap(1, (look) => (look === 14 ? 5000 : 0)),
      limits,
    ).trend,
  ).not.toBe('grows');
});
