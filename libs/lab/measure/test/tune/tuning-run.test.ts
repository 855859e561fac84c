import { pricesOf } from '@parallel-lambda/report';
import { describe, expect, it, vi } from 'vitest';

import { TuningRun } from '../../src/tune/tuning-run.ts';
import { answer, FakeMachine, trialOf } from '../answers.ts';

const circumstances = {
  purpose: 'tune',
  runtime: 'own',
  enforced: { cpu: false, memory: false },
  architecture: 'arm64',
  region: 'us-east-1',
} as const;

const machine = () => new FakeMachine({ a: () => answer(100), b: () => answer(50) });

async function stage(run: TuningRun, { open, clock }: FakeMachine, ways: readonly string[], leastRuns = 2) {
  const plan = { open, clock, leastRuns, mostRuns: leastRuns, budgetMs: 1e9 };
  await run.stage(
    ways.map((way) => trialOf(way)),
    plan,
    vi.fn(),
  );
}

describe('a tuning', () => {
  it('keeps the samples of all its stages', async () => {
    const run = new TuningRun(circumstances, [{ name: 'any' }]);
    const there = machine();
    await stage(run, there, ['a']);
    await stage(run, there, ['b']);
    expect(run.measurements().series.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(run.measurements().samples).toHaveLength(4);
    expect(run.figures(pricesOf('us-east-1')).map(({ duration }) => duration?.median)).toEqual([100, 50]);
  });

  it('measures again what a later stage wants more of', async () => {
    const run = new TuningRun(circumstances, [{ name: 'any' }]);
    const there = machine();
    await stage(run, there, ['a', 'b']);
    await stage(run, there, ['a'], 3);
    expect(there.invoked.filter((entry) => entry.startsWith('a'))).toHaveLength(5);
    expect(run.measurements().series).toHaveLength(2);
  });

  it('goes on with what was kept, and measures only what is missing', async () => {
    const first = new TuningRun(circumstances, [{ name: 'any' }]);
    await stage(first, machine(), ['a']);
    const again = new TuningRun(circumstances, [{ name: 'any' }], first.measurements());
    const there = machine();
    await stage(again, there, ['a', 'b']);
    expect(there.invoked).toEqual(['b b', 'b b']);
    expect(again.measurements().samples).toHaveLength(4);
  });

  it('leaves out kept samples of what is not searched any more', async () => {
    const first = new TuningRun(circumstances, [{ name: 'any' }]);
    await stage(first, machine(), ['a']);
    const again = new TuningRun(circumstances, [{ name: 'any' }], first.measurements());
    await stage(again, machine(), ['b']);
    expect(new Set(again.measurements().samples.map(({ series }) => series))).toEqual(new Set(['b']));
  });
});
