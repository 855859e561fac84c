import { describe, expect, it } from 'vitest';

import type { Circumstances } from '../../src/measured-functions.ts';
import { batchesOfBody } from '../../src/tune/batches.ts';
import { searchSpace, type SpaceOptions } from '../../src/tune/search-space.ts';

const settings = ['promises', 'worker-threads'].map((name) => ({ function: name, memoryMb: 3008 }));
const machine = { platform: 'linux', cpu: 'any', cpus: 2, memoryMb: 8192 };
const local: Circumstances = {
  machine,
  runtime: 'own',
  enforced: { cpu: true, memory: true },
  architecture: 'arm64',
};
const deployed: Circumstances = {
  runtime: 'deployed',
  enforced: { cpu: true, memory: true },
  architecture: 'arm64',
};

function space(circumstances: Circumstances, options: Partial<SpaceOptions> = {}) {
  const batches = batchesOfBody({ hash: 7 });
  return searchSpace({ settings, circumstances }, { batches, batchSize: 100, ...options });
}

describe('the memory sizes of a search', () => {
  it('are those whose vCPUs this machine has', () => {
    expect(space(local).memorySizes).toEqual([512, 1024, 1769, 2654, 3538]);
  });

  it('are the size of the template, if this machine cannot enforce a share of CPU time', () => {
    expect(space({ ...local, enforced: { cpu: false, memory: false } }).memorySizes).toEqual([3008]);
  });

  it('are up to 3,008 MB for deployed functions, whatever this machine has', () => {
    expect(space(deployed).memorySizes).toEqual([512, 1024, 1769, 3008]);
    expect(space(deployed, { memory: [10_240] }).memorySizes).toEqual([10_240]);
  });

  it('are those of the options, ascending and once each', () => {
    expect(space(local, { memory: [1769, 512, 1769] }).memorySizes).toEqual([512, 1769]);
  });

  it('are refused if they have more vCPUs than this machine has', () => {
    expect(() => space(local, { memory: [1024, 5307] })).toThrow(
      '--memory 5307 cannot be measured here: it has 3.0 vCPUs, and this machine has 2. Use sizes up to 3538.',
    );
  });
});

it('threads are at most one more than the CPUs of this machine', () => {
  expect(space(local).knobs('worker-threads').threads).toEqual([1, 2, 3]);
  expect(space(deployed).knobs('worker-threads').threads).toEqual([1, 2, 3, 4]);
  expect(space(local).knobs('promises').threads).toEqual([]);
});

it('a function that does not use the library keeps its workers and threads', () => {
  const reads = () => ({ workers: false, adaptive: false, threads: false });
  const batches = batchesOfBody({ hash: 7 });
  const { knobs } = searchSpace({ settings, circumstances: local, reads }, { batches, batchSize: 100 });
  expect(knobs('promises')).toEqual({ workers: [], threads: [] });
});

it('a variable that the user varies has only the values of the user', () => {
  const { workers, threads } = space(local, { vary: { WORKERS: ['1', '2'] } }).knobs('worker-threads');
  expect([workers, threads]).toEqual([[], [1, 2, 3]]);
});

describe('the current setting', () => {
  const present = [{ setting: { function: 'promises', memoryMb: 3008 }, messages: 50 }];

  it('is measured, if this machine has its vCPUs', () => {
    const options = { batches: batchesOfBody({}), batchSize: 100 };
    expect(searchSpace({ settings, circumstances: local, present }, options).present).toEqual(present);
    const larger = present.map(({ messages }) => ({
      setting: { function: 'promises', memoryMb: 4096 },
      messages,
    }));
    expect(searchSpace({ settings, circumstances: local, present: larger }, options).present).toEqual([]);
  });

  it('has batches of a size that the event allows', () => {
    const batches = { ...batchesOfBody({}), maxSize: 10 };
    const [candidate] = searchSpace(
      { settings, circumstances: local, present },
      { batches, batchSize: 100 },
    ).present;
    expect(candidate?.messages).toBe(10);
  });
});
