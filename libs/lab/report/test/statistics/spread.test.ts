import { expect, it } from 'vitest';

import { spreadOf } from '../../src/index.ts';

it('returns the middle and both ends, in any order of the samples', () => {
  expect(spreadOf([30, 10, 20])).toEqual({ median: 20, min: 10, max: 30 });
});

it('takes the mean of the two in the middle', () => {
  expect(spreadOf([1, 2, 3, 10]).median).toBe(2.5);
});

it('refuses an empty list of samples', () => {
  expect(() => spreadOf([])).toThrow();
});
