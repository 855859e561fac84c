import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { LocalFunction, LabError, type LocalFunctionOptions } from '../src/index.ts';
import { ownGroups } from '../src/sandbox/cgroup/own-groups.ts';
import { probeLimits } from '../src/sandbox/open-sandbox.ts';
import { definition } from './definition.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const there = availableParallelism();
const more = Math.min(there * 1769 + 1, 10_240);
const start = (memoryMb: number, options: LocalFunctionOptions): LocalFunction =>
  new LocalFunction(definition('handlers', 'handlers.allocate', { memoryMb }), options);

describe('the limits of a function', () => {
  it('are off unless they are asked for', () => {
    const off = { enforced: false, how: 'not asked for' };
    expect(start(128, {}).limits).toEqual({ cpu: off, memory: off });
  });

  it.skipIf(more / 1769 <= there)('cannot be more vCPUs than there are', () => {
    const refused = (): LocalFunction => start(more, { limits: 'enforced' });
    expect(refused).toThrow(LabError);
    expect(refused).toThrow(`this machine has ${there}: take at most ${there * 1769} MB, or oversubscribe`);
    const { cpu } = start(more, { limits: 'enforced', oversubscribe: true }).limits;
    expect(cpu).toMatchObject({
      enforced: false,
      how: expect.stringContaining(`${there} of the`) as unknown,
    });
  });
});

/** Skips the tests where control groups cannot be written, as on macOS. */
const limits = probeLimits(128);

describe.skipIf(!limits.cpu.enforced || !limits.memory.enforced)('an environment that is limited', () => {
  it('ends as on Lambda when it takes more memory than it has', async () => {
    await using local = start(512, { limits: 'enforced' });
    const result = await local.invoke({ mb: 800 });
    expect(result).toMatchObject({
      status: 'error',
      error: {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringContaining('Runtime exited with error: signal: killed') as unknown,
      },
      report: { maxMemoryUsedMb: 512 },
    });
    expect(await local.invoke({ mb: 1 })).toMatchObject({ status: 'success' });
    expect(local.environmentsStarted).toBe(2);
  });

  it('has the CPU time of its memory size, in groups that end with it', async () => {
    const { v1, v2 } = ownGroups();
    const groups = definition('handlers', 'pool.groups', { memoryMb: 442 });
    let folder = '';
    {
      await using local = new LocalFunction(groups, { limits: 'enforced' });
      expect(local.limits).toMatchObject({ cpu: { enforced: true }, memory: { enforced: true } });
      const result = await local.invoke({});
      const lines = result.status === 'success' ? String(result.payload) : '';
      const own = /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:.*(\/parallel-lambda-.*)$/m.exec(lines)?.[1];
      const unified = /^0::(.*\/parallel-lambda-.*)$/m.exec(lines)?.[1];
      folder = own === undefined ? `${v2?.root ?? ''}${unified ?? ''}` : `${v1.get('cpu') ?? ''}${own}`;
      const quota = existsSync(`${folder}/cpu.max`) ? 'cpu.max' : 'cpu.cfs_quota_us';
      expect(Number.parseInt(readFileSync(`${folder}/${quota}`, 'utf8'))).toBe(4997);
    }
    expect(existsSync(folder)).toBe(false);
  });
});
