import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { eventLoopPacing } from '../src/simulation/pacing.ts';
import { VirtualClock } from '../src/simulation/virtual-clock.ts';

/** Runs a task on a virtual clock and returns its duration. */
async function timeOf(task: () => Promise<unknown>): Promise<number> {
  const clock = new VirtualClock();
  const startedAtMs = clock.nowMs;
  const installed = clock.install();
  try {
    await clock.run(task(), eventLoopPacing);
  } finally {
    installed[Symbol.dispose]();
  }
  return clock.nowMs - startedAtMs;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe('a virtual clock', () => {
  it('jumps to the next timer', async () => {
    expect(await timeOf(() => wait(86_400_000))).toBe(86_400_000);
  });

  it('fires timers in the order of time, then in the order in which they were set', async () => {
    const called: string[] = [];
    await timeOf(() =>
      Promise.all([
        wait(20).then(() => called.push('late')),
        wait(10).then(() => called.push('early')),
        wait(20).then(() => called.push('later')),
      ]),
    );
    expect(called).toEqual(['early', 'late', 'later']);
  });

  it('fires an earlier timer first that was set later', async () => {
    const task = async (): Promise<void> => {
      const long = wait(1_000);
      await turn();
      await wait(10);
      expect(Date.now()).toBe(Date.UTC(2100, 0, 1) + 10);
      await long;
    };
    expect(await timeOf(task)).toBe(1_000);
  });

  it('ignores a timer that was cleared', async () => {
    const times: number[] = [];
    const task = async (): Promise<void> => {
      const cleared = setTimeout(() => times.push(Date.now()), 10);
      setTimeout(() => {
        clearTimeout(cleared);
      }, 5);
      await wait(20);
    };
    expect(await timeOf(task)).toBe(20);
    expect(times).toEqual([]);
  });

  it('throws if no timer is left', async () => {
    await expect(timeOf(() => new Promise(() => undefined))).rejects.toThrow('no timer is left');
  });

  it('rejects like the task, and restores the global clock', async () => {
    const real = [setTimeout, clearTimeout, Date.now];
    await expect(timeOf(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect([setTimeout, clearTimeout, Date.now]).toEqual(real);
  });
});
