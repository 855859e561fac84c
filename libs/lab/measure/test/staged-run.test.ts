import { pricesOf, type Measurements } from '@parallel-lambda/report';
import { expect, it, vi } from 'vitest';

import { runTrials } from '../src/run-trials.ts';
import { StagedRun } from '../src/staged-run.ts';
import { answer, FakeMachine, trialOf } from './answers.ts';

const subject = { purpose: 'tune', region: 'us-east-1', workloads: [{ name: 'any' }] } as const;
const circumstances = {
  runtime: 'own',
  enforced: { cpu: false, memory: false },
  architecture: 'arm64',
} as const;

function start(kept?: Measurements) {
  const machine = new FakeMachine({ a: () => answer(100), b: () => answer(50) });
  const run = new StagedRun({ open: machine.open, run: runTrials, circumstances }, subject, kept);
  const stage = (names: readonly string[], runs = 2) =>
    run.stage(
      names.map((name) => trialOf(name)),
      { clock: machine.clock, minRuns: runs, maxRuns: runs, budgetMs: 1e9 },
      vi.fn(),
    );
  return { run, machine, stage };
}

it('keeps the samples of all stages', async () => {
  const { run, stage } = start();
  await stage(['a']);
  await stage(['b']);
  expect(run.measurements().series.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(run.measurements().samples).toHaveLength(4);
  expect(run.figures(pricesOf('us-east-1')).map(({ duration }) => duration?.median)).toEqual([100, 50]);
});

it('measures a trial again in a stage that requires more samples', async () => {
  const { run, machine, stage } = start();
  await stage(['a', 'b']);
  await stage(['a'], 3);
  expect(machine.invoked.filter((entry) => entry.startsWith('a'))).toHaveLength(5);
  expect(run.measurements().series).toHaveLength(2);
});

it('continues a stored measurement, and measures only the missing parts', async () => {
  const first = start();
  await first.stage(['a']);
  const again = start(first.run.measurements());
  await again.stage(['a', 'b']);
  expect(again.machine.invoked).toEqual(['b b', 'b b']);
  expect(again.run.measurements().samples).toHaveLength(4);
});

it('leaves stored series without a trial out of the result, but stores them until then', async () => {
  const first = start();
  await first.stage(['a']);
  const { run, stage } = start(first.run.measurements());
  await stage(['b']);
  const seriesOf = ({ samples }: Measurements) => [...new Set(samples.map(({ series }) => series))];
  expect(seriesOf(run.measurements())).toEqual(['b']);
  expect(seriesOf(run.soFar())).toEqual(['a', 'b']);
});
