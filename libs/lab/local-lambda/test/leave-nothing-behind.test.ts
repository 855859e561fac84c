import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { describe, expect, it, vi } from 'vitest';

import { LocalFunction } from '../src/index.ts';
import { removeLeftovers } from '../src/owner/remove-leftovers.ts';
import { definition } from './definition.ts';

const parent = fileURLToPath(new URL('process-that-invokes.ts', import.meta.url));

describe('a process that runs a function', () => {
  it.for([
    ['Ctrl-C', 'SIGINT', [null, 'SIGINT']],
    ['SIGTERM', 'SIGTERM', [null, 'SIGTERM']],
    ['the end of its terminal', 'SIGHUP', [null, 'SIGHUP']],
    ['an exit by the program', 'exit', [5, null]],
    ['an error of the program', 'throw', [1, null]],
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
    // As without a listener for the signal.
    expect(await exited).toEqual(status);
    await vi.waitUntil(() => hasEnded(started ?? Number.NaN), { timeout: 10_000 });
  });
});

describe.skipIf(process.platform !== 'linux')('processes that a function has detached', () => {
  const detaches = definition('handlers', 'handlers.detaches');
  const started = (log: string): number[] => (/started (.*)/.exec(log)?.[1] ?? '').split(' ').map(Number);

  it.for([
    ['without', {}],
    ['with', { limits: 'enforced' }],
  ] as const)('end with its environment, %s limits', async ([, options]) => {
    await using local = new LocalFunction(detaches, options);
    const ended = started((await local.invoke({ exit: true })).log);
    expect(ended).toHaveLength(2);
    await vi.waitUntil(() => ended.every(hasEnded), { timeout: 10_000 });
    const kept = started((await local.invoke({})).log);
    expect(kept.filter(hasEnded)).toEqual([]);
    await local[Symbol.asyncDispose]();
    await vi.waitUntil(() => kept.every(hasEnded), { timeout: 10_000 });
  });

  it('are frozen with it', async () => {
    const frozen = Promise.withResolvers<undefined>();
    await using local = new LocalFunction(detaches, {
      onEnvironment: ({ state }) => {
        if (state === 'frozen') frozen.resolve(undefined);
      },
    });
    const pids = started((await local.invoke({})).log);
    await frozen.promise;
    // A process that computes stops when the kernel interrupts it.
    await vi.waitUntil(() => pids.every((pid) => stateOf(pid) === 'T'), { timeout: 10_000 });
  });
});

describe('a process that runs a function and is killed', () => {
  it.skipIf(process.platform !== 'linux').for([
    ['immediately', 'off', true],
    ['immediately', 'enforced', true],
    ['by the next process if nothing watched it', 'off', false],
    ['by the next process if nothing watched it', 'enforced', false],
  ] as const)('has what it left removed %s: limits %s', async ([, limits, watched]) => {
    const child = spawn(process.execPath, [parent, 'freeze', limits], { stdio: ['pipe', 'pipe', 'ignore'] });
    const exited = once(child, 'exit');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const pids = JSON.parse(line) as readonly number[];
    const left = (): string[] =>
      readdirSync(tmpdir()).filter((name) => name.includes(`-${child.pid ?? ''}-`));
    removeLeftovers();
    expect(left()).toHaveLength(1);
    for (const watcher of watched ? [] : watchersOf(child.pid)) process.kill(watcher, 'SIGKILL');
    child.kill('SIGKILL');
    await exited;
    if (!watched) {
      expect(pids.filter(hasEnded)).toEqual([]);
      expect(left()).toHaveLength(1);
      removeLeftovers();
    }
    await vi.waitUntil(() => pids.every(hasEnded) && left().length === 0, { timeout: 10_000 });
  });
});

/** Returns the shells that watch a process. */
function watchersOf(pid = 0): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1');
  const shells = children.trim().split(' ').map(Number);
  return shells.filter((child) => readFileSync(`/proc/${child}/cmdline`, 'latin1').includes('end-owned'));
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

/** Returns what the kernel calls the state of a process: `T` is stopped. */
function stateOf(pid: number): string | undefined {
  return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
}
