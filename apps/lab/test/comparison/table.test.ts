import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it } from 'vitest';

import { analyse } from '../../src/comparison/analyse.ts';
import { digits, milliseconds, table } from '../../src/comparison/table.ts';
import { measurements, type Durations } from './measurements.ts';

function tableOf(workloads: Readonly<Record<string, Durations>>): string {
  return stripVTControlCharacters(table(analyse(measurements(workloads))));
}

describe('the table', () => {
  it('has a group for each workload, and marks what was computed', () => {
    const shown = tableOf({
      waiting: {
        'one by one': [2580, 2561, 2604],
        promises: [28.1, 26.4, 41],
        'worker-threads': [30, 29.5, 33],
        'effect-fibers': [29.9, 27.2, 28],
      },
      'the AWS sample': { promises: [5018], 'worker-threads': [5022], 'effect-fibers': [5031] },
    });
    expect(`\n${shown}`).toMatchInlineSnapshot(`
      "
      ┌─────────────────────────┬──────────┬───────────────────┬────────────┬──────────┬─────────────┐
      │                         │ duration │         from - to │ messages/s │ speed-up │ $ a million │
      ├─────────────────────────┴──────────┴───────────────────┴────────────┴──────────┴─────────────┤
      │ waiting: 100 × {"wait":25}                                                                   │
      │   one by one            │   2.58 s │   2.56 s - 2.60 s │         39 │    1.0 × │        1.01 │
      │   promises              │  28.1 ms │ 26.4 ms - 41.0 ms │       3559 │     92 × │       0.013 │
      │   worker-threads        │  30.0 ms │ 29.5 ms - 33.0 ms │       3333 │     86 × │       0.014 │
      │   effect-fibers         │  28.0 ms │ 27.2 ms - 29.9 ms │       3571 │     92 × │       0.013 │
      │ the AWS sample: 100 × {"wait":200}, 4 workers                                                │
      │   one by one (computed) │   20.0 s │                   │        5.0 │    1.0 × │        7.84 │
      │   promises              │   5.02 s │                   │         20 │    4.0 × │        1.97 │
      │   worker-threads        │   5.02 s │                   │         20 │    4.0 × │        1.97 │
      │   effect-fibers         │   5.03 s │                   │         20 │    4.0 × │        1.97 │
      └─────────────────────────┴──────────┴───────────────────┴────────────┴──────────┴─────────────┘"
    `);
  });

  it('shows a workload that it does not know by its name alone', () => {
    expect(tableOf({ 'a saved one': { 'one by one': [10] } })).toMatch(/│ a saved one +│/);
  });

  it('shows no spread where there was one run', () => {
    expect(tableOf({ waiting: { 'one by one': [2580] } })).not.toContain(' - 2');
  });
});

describe('a duration', () => {
  it.each([
    [0.034, '0.03 ms'],
    [9.876, '9.88 ms'],
    [26.44, '26.4 ms'],
    [264.4, '264 ms'],
    [999.4, '999 ms'],
    [1000, '1.00 s'],
    [12_345, '12.3 s'],
  ])('of %d ms is shown as %s', (value, shown) => {
    expect(milliseconds(value)).toBe(shown);
  });
});

describe('a number', () => {
  it.each([
    [0.5, 2, '0.5'],
    [1.23, 2, '1.2'],
    [96.3, 2, '96'],
    [3846.2, 2, '3846'],
  ])('%d to %d digits is %s', (value, significant, shown) => {
    expect(digits(value, significant)).toBe(shown);
  });
});
