import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { format, type Measurements } from '@parallel-lambda/report';
import { expect, it } from 'vitest';

import { readKept, type Comparable } from '../src/kept-measurements.ts';

const now: Comparable = {
  purpose: 'tune',
  machine: { platform: 'linux', cpu: 'a CPU', cpus: 2, memoryMb: 8192 },
  runtime: 'own',
  enforced: { cpu: true, memory: true },
  architecture: 'arm64',
  workload: { name: 'your messages', body: { hash: 7 } },
};

async function readAgain(parts: Partial<Measurements> = {}): Promise<Measurements> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'kept-'));
  const file = path.join(folder.path, 'kept.json');
  const { workload = { name: '' }, ...circumstances } = now;
  const kept = { format, ...circumstances, workloads: [workload], series: [], samples: [], timelines: [] };
  await writeFile(file, JSON.stringify({ ...kept, ...parts }));
  return await readKept(file, now);
}

it('stored measurements are continued under the same conditions', async () => {
  await expect(readAgain()).resolves.toMatchObject({ purpose: 'tune', runtime: 'own' });
});

it.each<[string, Partial<Measurements>]>([
  ['by compare, not by tune', { purpose: 'compare' }],
  ['on a machine with 4 CPUs', { machine: { platform: 'linux', cpu: 'a CPU', cpus: 4, memoryMb: 8192 } }],
  ['with the runtime client "aws", and this is "own"', { runtime: 'aws' }],
  ['on x86_64, and this is arm64', { architecture: 'x86_64' }],
  ['with other limits of CPU time and memory', { enforced: { cpu: false, memory: true } }],
  ['with other messages', { workloads: [{ name: 'your messages', body: { hash: 4 } }] }],
])('stored measurements are not continued if they were measured %s', async (difference, parts) => {
  await expect(readAgain(parts)).rejects.toThrow(`cannot be continued: it was measured ${difference}`);
});
