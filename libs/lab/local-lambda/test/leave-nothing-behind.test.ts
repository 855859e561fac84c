import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { describe, expect, it, vi } from 'vitest';

import { removeLeftovers } from '../src/owner/remove-leftovers.ts';

const parent = fileURLToPath(new URL('process-that-invokes.ts', import.meta.url));

describe('a process that runs a function', () => {
  it.for([
    ['Ctrl-C', 'SIGINT', [null, 'SIGINT']],
    ['SIGTERM', 'SIGTERM', [null, 'SIGTERM']],
    ['the end of its terminal', 'SIGHUP', [null, 'SIGHUP']],
    ['an exit of its own', 'exit', [5, null]],
    ['an error of its own', 'throw', [1, null]],
  ] as const)('leaves no process behind after %s', async ([, end, status]) => {
    const child = spawn(process.execPath, [parent], { stdio: ['pipe', 'pipe', 'ignore'] });
    const exited = once(child, 'exit');
    let started: number | undefined;
    for await (const line of createInterface(child.stdout)) {
      started = Number(/started (\d+)/.exec(line)?.[1]);
      if (started) break;
    }
    if (end === 'exit' || end === 'throw') child.stdin.write(end);
    else child.kill(end);
    // As if nobody had listened for the signal.
    expect(await exited).toEqual(status);
    await vi.waitUntil(() => hasEnded(started ?? Number.NaN), { timeout: 10_000 });
  });
});

describe('a process that runs a function and is killed', () => {
  it.for(['off', 'enforced'])('has what it left removed by the next one: limits %s', async (limits) => {
    const child = spawn(process.execPath, [parent, 'freeze', limits], { stdio: ['pipe', 'pipe', 'ignore'] });
    const exited = once(child, 'exit');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { pid } = JSON.parse(line) as { pid: number };
    const left = (): string[] =>
      readdirSync(tmpdir()).filter((name) => name.includes(`-${child.pid ?? ''}-`));
    removeLeftovers();
    expect(left()).toHaveLength(1);
    child.kill('SIGKILL');
    await exited;
    expect(hasEnded(pid)).toBe(false);
    expect(left()).toHaveLength(1);
    removeLeftovers();
    expect(left()).toEqual([]);
    await vi.waitUntil(() => hasEnded(pid), { timeout: 10_000 });
  });
});

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
