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

  it('are refused if they buy more vCPUs than this machine has', () => {
    expect(() => space(local, { memory: [1024, 5307] })).toThrow(
      '--memory 5307 cannot be measured here: it buys 3.0 vCPUs, and this machine has 2. Use sizes up to 3538.',
    );
  });
});

it('threads are at most one more than the CPUs of this machine', () => {
  expect(space(local).threads).toEqual([1, 2, 3]);
  expect(space(deployed).threads).toEqual([1, 2, 3, 4]);
});

it("a stranger's function keeps its workers and threads", () => {
  const { workers, threaded } = space(local, { fixedWorkers: true });
  expect({ workers, threaded }).toEqual({ workers: [], threaded: [] });
});
