import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it } from 'vitest';

import {
  analyseWorkloads,
  failureSentences,
  milliseconds,
  pricesOf,
  table,
  type Group,
  type Measurements,
} from '../../src/index.ts';
import { measurementsOf, sampleOf, seriesOf, type Durations } from '../measurements-of.ts';

function groupsOf(
  workloads: Readonly<Record<string, Durations>>,
  parts: Partial<Measurements> = {},
): readonly Group[] {
  return analyseWorkloads(measurementsOf(workloads, parts), pricesOf('us-east-1'));
}

describe('the table', () => {
  it('has a group for each workload, and marks what was computed', () => {
    const groups = groupsOf({
      waiting: {
        sequential: [2580, 2561, 2604],
        promises: [28.1, 26.4, 41],
        'worker-threads': [30, 29.5, 33],
        'effect-fibers': [29.9, 27.2, 28],
      },
      sample: { promises: [5018], 'worker-threads': [5022], 'effect-fibers': [5031] },
    });
    const lines = stripVTControlCharacters(table(groups, 80)).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '                  duration      95 % interval  messages/s  speed-up  $/million',
      'waiting: 100 × {"wait":25}',
      '  sequential        2.58 s    2.56 s - 2.60 s        38.8     1.0 ×       1.01',
    ]);
    expect(lines[6]).toBe('sample: 100 × {"wait":200}');
    expect(lines[7]).toMatch(/^ {2}sequential +20 s +computed +5\.0 +1\.0 × +7\.8$/);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('lists failed and missing cells, with the reason', () => {
    const series = seriesOf('waiting', 'promises');
    const error = 'Sandbox.Timedout: Task timed out after 3.00 seconds';
    const samples = [sampleOf(series, 3000, { failed: 100, error })];
    const groups = groupsOf({ waiting: { promises: [], 'worker-threads': [] } }, { samples });
    const shown = stripVTControlCharacters(table(groups, 80));
    expect(shown).toMatch(/promises +failed/);
    expect(shown).toMatch(/worker-threads +missing/);
    expect(failureSentences(groups)).toEqual([
      `waiting, promises: 1 invocation failed and does not count (${error}).`,
      'waiting, worker-threads: not measured: the budget was spent before.',
    ]);
  });

  it('marks a figure of batches with failed messages', () => {
    const series = seriesOf('waiting', 'promises');
    const groups = groupsOf(
      { waiting: { promises: [] } },
      { samples: [sampleOf(series, 30, { failed: 3 })] },
    );
    expect(stripVTControlCharacters(table(groups, 80))).toMatch(/promises +30 ms !/);
    expect(failureSentences(groups)).toEqual(['waiting, promises: 3 messages failed.']);
  });
});

describe('a duration', () => {
  it.each([
    [0.034, '0.0340 ms'],
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
