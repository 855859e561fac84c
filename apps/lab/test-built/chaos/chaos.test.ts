import type { Verdict } from '@parallel-lambda/check';
import { expect, it } from 'vitest';

import { runLab } from '../../test/run-lab.ts';
import { runtimeUnderTest } from '../runtime-under-test.ts';
import { parkingAssembly } from '../serve/parking-assembly.ts';

// Once is enough: the faults come from outside of the runtime client.
const own = runtimeUnderTest.options.runtime === 'own';

it.skipIf(!own)(
  'no message is lost when environments are killed or stopped',
  { timeout: 120_000 },
  async () => {
    const { code, stdout, stderr } = await runLab(['chaos', '--messages', '600', '--seed', '5', '--json']);
    expect(stderr).not.toContain('Error');
    const verdict = JSON.parse(stdout) as Verdict;
    expect(verdict).toMatchObject({ seed: 5, sent: 600, lost: [] });
    expect(verdict.done + verdict.deadLetters).toBe(600);
    // One that always fails, spins or exits is never done: each of the three functions has one of each.
    expect(verdict.deadLetters).toBeGreaterThanOrEqual(9);
    expect(code).toBe(0);
  },
);

it.skipIf(!own)(
  'parks messages that throw GiveUp, if the stack has a parking queue',
  { timeout: 120_000 },
  async () => {
    await using assembly = await parkingAssembly();
    // Some of those that give up share their batches with one that crashes, and become dead letters instead.
    const run = ['chaos', 'promises', '--messages', '1200', '--seed', '6', '--json'];
    const { code, stdout } = await runLab([...run, '--assembly', assembly.folder]);
    const verdict = JSON.parse(stdout) as Verdict;
    expect(verdict).toMatchObject({ sent: 1200, lost: [] });
    expect(verdict.done + verdict.deadLetters + verdict.parked).toBe(1200);
    expect(verdict.parked).toBeGreaterThan(0);
    expect(verdict.kinds.delayed).toBeGreaterThan(0);
    expect(code).toBe(0);
  },
);
