import { describe, expect, it } from 'vitest';

import { analyse } from '../../src/comparison/analyse.ts';
import { measurements } from './measurements.ts';

const waiting = { promises: [31, 25, 27], 'one by one': [2500, 2700, 2600], 'effect-fibers': [26, 52, 26] };

describe('the analysis of measurements', () => {
  it('makes a group of each workload, the yardstick first and the ways as they were measured', () => {
    const groups = analyse(measurements({ waiting, computing: waiting }));
    const ways = ['one by one', 'promises', 'effect-fibers'];
    expect(groups.map(({ workload, rows }) => [workload, rows.map(({ way }) => way)])).toEqual([
      ['waiting', ways],
      ['computing', ways],
    ]);
  });

  it('takes the median of the runs, and tells how far they lie apart', () => {
    const [group] = analyse(measurements({ waiting }));
    expect(group?.rows.map(({ duration }) => duration)).toEqual([
      { median: 2600, least: 2500, most: 2700 },
      { median: 27, least: 25, most: 31 },
      { median: 26, least: 26, most: 52 },
    ]);
  });

  it('compares each way with one message after another', () => {
    const [group] = analyse(measurements({ waiting }));
    expect(group?.rows.map(({ speedUp }) => speedUp)).toEqual([1, 2600 / 27, 100]);
  });

  it('tells how many messages a second are worked on', () => {
    const [group] = analyse(measurements({ waiting }, 50));
    expect(group?.rows.map(({ messagesPerSecond }) => Math.round(messagesPerSecond))).toEqual([
      19, 1852, 1923,
    ]);
  });

  it('tells what a million messages cost, by what was billed and at this memory size', () => {
    const [group] = analyse(measurements({ waiting: { 'one by one': [999.2] } }));
    const gbSeconds = 10_000 * 1 * (3008 / 1024);
    expect(group?.rows[0]?.costOfMillion).toBeCloseTo(gbSeconds * 0.0000133334 + 10_000 * 0.0000002, 10);
  });

  it("computes how long the sample's batch takes one by one, and marks that", () => {
    const [group] = analyse(
      measurements({ 'the AWS sample': { promises: [5000], 'effect-fibers': [5010] } }),
    );
    expect(group?.rows.map(({ way, computed }) => [way, computed])).toEqual([
      ['one by one', true],
      ['promises', false],
      ['effect-fibers', false],
    ]);
    expect(group?.rows[0]).toMatchObject({ duration: { median: 20_000 }, messagesPerSecond: 5, speedUp: 1 });
    expect(group?.rows[1]?.speedUp).toBe(4);
  });
});
