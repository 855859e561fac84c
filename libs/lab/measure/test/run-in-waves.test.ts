import { expect, it, vi } from 'vitest';

import { runInWaves } from '../src/run-in-waves.ts';
import { answer, FakeMachine, seriesOf } from './answers.ts';

function trialWith(variant: string, memoryMb: number, messages: number) {
  const id = `${variant} ${memoryMb} ${messages}`;
  return {
    series: seriesOf(variant, { id, setting: { function: variant, memoryMb }, messages }),
    event: `${memoryMb} × ${messages}`,
  };
}

it('has one setting of a function at a time, all its trials, the functions in turns', async () => {
  const { open, clock, invoked } = new FakeMachine({ a: () => answer(5), b: () => answer(5) });
  const trials = ['a', 'b'].flatMap((variant) => [
    trialWith(variant, 512, 10),
    trialWith(variant, 1769, 10),
    trialWith(variant, 512, 100),
  ]);
  const { samples } = await runInWaves(
    { trials, open, clock, minRuns: 1, maxRuns: 1, budgetMs: 1e6 },
    vi.fn(),
  );
  expect(invoked).toEqual([
    'a 512 × 10',
    'a 512 × 100',
    'b 512 × 10',
    'b 512 × 100',
    'a 1769 × 10',
    'b 1769 × 10',
  ]);
  expect(samples).toHaveLength(6);
});

it('leaves each wave the share of time that its trials are of those to come', async () => {
  const { open, clock, invoked } = new FakeMachine({ a: () => answer(10) });
  const trials = [trialWith('a', 512, 10), trialWith('a', 1769, 10), trialWith('a', 3008, 10)];
  await runInWaves({ trials, open, clock, minRuns: 100, maxRuns: 100, budgetMs: 300 }, vi.fn());
  for (const size of ['512', '1769', '3008']) {
    expect(invoked.filter((entry) => entry.startsWith(`a ${size} `))).toHaveLength(10);
  }
});
