import { describe, expect, it } from 'vitest';

import { digits, significant } from '../../src/index.ts';

describe('a figure', () => {
  it.each([
    [264.37, 261, 270, '264'],
    [264.37, 264.3, 264.5, '264'],
    [264.37, 200, 330, '260'],
    [26.437, 26.4, 26.5, '26.4'],
    [26.437, 25, 28, '26'],
    [2643.7, 2640, 2650, '2640'],
    [0.01342, 0.0134, 0.0135, '0.0134'],
    [0.01342, 0.012, 0.015, '0.013'],
    [5, 5, 5, '5.00'],
    [640, 619, 1490, '640'],
    [1.449, 1.39, 3.2, '1.4'],
    [1.449, 1.42, 3.2, '1.45'],
    [0, 0, 0, '0'],
  ])('%d from %d to %d is shown as %s', (value, low, high, shown) => {
    expect(significant(value, { low, high })).toBe(shown);
  });
});

describe('a number', () => {
  it.each([
    [0.5, 2, '0.50'],
    [1.23, 2, '1.2'],
    [9.96, 2, '10'],
    [96.3, 2, '96'],
    [3846.2, 2, '3846'],
  ])('%d to %d digits is %s', (value, count, shown) => {
    expect(digits(value, count)).toBe(shown);
  });
});
