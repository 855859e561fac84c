import { describe, expect, it, vi } from 'vitest';

import { runTrials } from '../src/run-trials.ts';
import type { RunPlan } from '../src/trial.ts';
import { answer, FakeMachine, seriesOf, timeout, trialOf } from './answers.ts';

const steady = () => answer(100);

async function run(machine: FakeMachine, plan: Partial<RunPlan>, onProgress = vi.fn()) {
  const { open, clock } = machine;
  const whole = { trials: [], open, clock, minRuns: 3, maxRuns: 10, budgetMs: 1e9, ...plan };
  return runTrials(whole, onProgress);
}

/** Number of samples of each series. */
function counts(samples: readonly { readonly series: string }[]): Record<string, number> {
  const variants = [...new Set(samples.map(({ series }) => series))];
  return Object.fromEntries(
    variants.map((variant) => [variant, samples.filter(({ series }) => series === variant).length]),
  );
}

describe('the order of trials', () => {
  it('is round by round, each beginning with another', async () => {
    const machine = new FakeMachine({ a: steady, b: steady, c: steady });
    await run(machine, { trials: [trialOf('a'), trialOf('b'), trialOf('c')] });
    expect(machine.invoked.map(([variant]) => variant).join('')).toBe('abcbcacab');
  });

  it('has every environment warm before the first sample, and the warm-up does not count', async () => {
    const machine = new FakeMachine({ a: steady, b: steady });
    const trials = [trialOf('a', { warmUp: 'warm' }), trialOf('b', { warmUp: 'warm' })];
    const { samples } = await run(machine, { trials, minRuns: 1, maxRuns: 1 });
    expect(machine.invoked).toEqual(['a warm', 'b warm', 'a a', 'b b']);
    expect(samples).toHaveLength(2);
  });

  it('does not swallow a warm-up that got no response: it is a sample that failed', async () => {
    const machine = new FakeMachine({ a: () => timeout(3000), b: steady });
    const trials = [trialOf('a', { warmUp: 'warm' }), trialOf('b', { warmUp: 'warm' })];
    const { samples } = await run(machine, { trials, budgetMs: 2500 });
    expect(machine.invoked).toEqual(['a warm']);
    expect(samples.map(({ series, error }) => [series, error])).toEqual([
      ['a', 'Sandbox.Timedout: Task timed out after 3.00 seconds'],
    ]);
  });
});

describe('how often a trial runs', () => {
  it('is the least where its median is sure', async () => {
    const machine = new FakeMachine({ a: steady });
    const { samples } = await run(machine, { trials: [trialOf('a')] });
    expect(samples).toHaveLength(3);
  });

  it('is more where it is not, and those that are sure are left alone', async () => {
    const machine = new FakeMachine({ a: steady, b: (count) => answer(count % 2 ? 100 : 150) });
    const { samples } = await run(machine, { trials: [trialOf('a'), trialOf('b')] });
    expect(counts(samples)).toEqual({ a: 3, b: 10 });
  });

  it('is limited for baselines', async () => {
    const machine = new FakeMachine({ a: (count) => answer(100 * (count + 1)) });
    const { samples } = await run(machine, { trials: [trialOf('a', { maxRuns: 2 })] });
    expect(samples).toHaveLength(2);
  });

  it('is twice if no sample succeeds', async () => {
    const machine = new FakeMachine({ a: () => timeout(3000), b: () => answer(5, Array(10).fill({})) });
    const { samples } = await run(machine, { trials: [trialOf('a'), trialOf('b')] });
    expect(counts(samples)).toEqual({ a: 2, b: 2 });
    expect(samples.map(({ failed }) => failed)).toEqual([10, 10, 10, 10]);
    expect(samples[0]?.error).toBe('Sandbox.Timedout: Task timed out after 3.00 seconds');
  });
});

describe('the budget', () => {
  it('ends the measurement, and unmeasured settings are missing', async () => {
    const machine = new FakeMachine({ a: steady, b: steady });
    const { samples } = await run(machine, { trials: [trialOf('a'), trialOf('b')], budgetMs: 250 });
    expect(counts(samples)).toEqual({ a: 1, b: 2 });
  });

  it('skips trials that do not fit into the time, and continues with shorter ones', async () => {
    const machine = new FakeMachine({
      a: (count) => answer(900 + 100 * (count % 2)),
      b: (count) => answer(10 + (count % 2)),
    });
    const { samples } = await run(machine, { trials: [trialOf('a'), trialOf('b')], budgetMs: 3300 });
    expect(counts(samples)).toEqual({ a: 3, b: 10 });
  });

  it('reports before each sample how much of it is left', async () => {
    const machine = new FakeMachine({ a: steady });
    const onProgress = vi.fn();
    await run(machine, { trials: [trialOf('a')], budgetMs: 1000 }, onProgress);
    expect(onProgress.mock.calls.map(([{ done, leftMs }]) => [done, leftMs] as unknown)).toEqual([
      [0, 1000],
      [1, 900],
      [2, 800],
    ]);
  });
});

describe('environments', () => {
  it('are one per setting, and closed at the end', async () => {
    const machine = new FakeMachine({ a: steady });
    const own = { ...seriesOf('a'), id: 'the same setting' };
    await run(machine, { trials: [trialOf('a'), { series: own, event: 'other' }] });
    expect([machine.opened, machine.closed]).toEqual([1, 1]);
  });

  it('are new for each cold run', async () => {
    const machine = new FakeMachine({ a: steady });
    const trials = [trialOf('a', { series: seriesOf('a', { cold: true }), maxRuns: 2, warmUp: 'warm' })];
    await run(machine, { trials });
    expect(machine.invoked).toEqual(['a a', 'a a']);
    expect([machine.opened, machine.closed]).toEqual([2, 2]);
  });

  it('are invoked before the first sample and before each one, as set by the trial', async () => {
    const machine = new FakeMachine({ a: steady });
    const trial = trialOf('a', { warmUp: 'warm', warmUps: 2, untimed: 1, maxRuns: 2 });
    const { samples } = await run(machine, { trials: [trial] });
    expect(machine.invoked).toEqual(['a warm', 'a warm', 'a a', 'a a', 'a a', 'a a']);
    expect(counts(samples)).toEqual({ a: 2 });
  });

  it('are closed after an error too', async () => {
    const machine = new FakeMachine({ a: () => ({ ...answer(1), report: null }) });
    await expect(run(machine, { trials: [trialOf('a')] })).rejects.toThrow('its log has no REPORT line');
    expect(machine.closed).toBe(1);
  });
});

it('what else the machine does is watched before each sample', async () => {
  const machine = new FakeMachine({ a: steady });
  const { noise } = await run(machine, { trials: [trialOf('a')] });
  expect(noise.calibrationsMs).toHaveLength(3);
  expect(Math.min(...noise.calibrationsMs)).toBeGreaterThan(0);
});
