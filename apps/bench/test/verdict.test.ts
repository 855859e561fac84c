import { describe, expect, it } from 'vitest';

import { bestPeer } from '../src/case.ts';
import { judge } from '../src/verdict.ts';

const series = [
  { competitor: 'empty', durationsMs: [10, 11, 30] },
  { competitor: 'slow peer', peer: true as const, durationsMs: [50, 51, 52] },
  { competitor: 'fast peer', peer: true as const, durationsMs: [40, 41, 42] },
  { competitor: 'ours', durationsMs: [34, 35, 90] },
];

describe('a target', () => {
  it('is held against the median of another competitor, with so many milliseconds more', () => {
    const target = { competitor: 'ours', against: 'empty', most: { ratio: 1, moreMs: 24 } };
    expect(judge(target, series)).toEqual({
      competitor: 'ours',
      target: 'empty + 24 ms',
      mostMs: 35,
      cameOut: '+ 24.0 ms',
      reached: true,
    });
    expect(judge({ ...target, most: { moreMs: 23 } }, series).reached).toBe(false);
  });

  it('is held against the peer with the least median', () => {
    const { target, mostMs, cameOut, reached } = judge(
      { competitor: 'ours', against: bestPeer, most: { ratio: 0.9 } },
      series,
    );
    expect([target, cameOut, reached]).toEqual(['0.9 × best peer', '0.854 ×', true]);
    expect(mostMs).toBeCloseTo(36.9);
  });

  it('leaves out what both have in common', () => {
    const target = { competitor: 'ours', against: 'fast peer', above: 'empty', most: { ratio: 0.8 } };
    expect(judge(target, series)).toMatchObject({ mostMs: 35, cameOut: '0.800 ×', reached: true });
    expect(judge({ ...target, most: { ratio: 0.79 } }, series)).toMatchObject({ reached: false });
  });

  it('is an error where the other competitor was not measured', () => {
    const target = { competitor: 'ours', against: 'nobody', most: { ratio: 1 } };
    expect(() => judge(target, series)).toThrow('nobody was not measured');
  });
});
