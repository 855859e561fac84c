import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { vcpusOf } from '@parallel-lambda/local-lambda';
import { checkAssembly, findFunction, readAssembly } from '@parallel-lambda/local-stack';
import Table from 'cli-table3';
import { Command } from 'commander';

import { measureCpuShares, type CpuShare } from './cpu-share.ts';
import { workspace } from '../workspace.ts';
import { measureOverhead, type Overhead } from './overhead.ts';

await new Command('fidelity')
  .description(
    'Measures how far an environment of this machine is like one of Lambda, and what the lab adds.',
  )
  .option('--json <file>', 'keep the measurements in a file')
  .action(run)
  .parseAsync();

async function run({ json }: { readonly json?: string }): Promise<void> {
  await checkAssembly(workspace);
  const assembly = await readAssembly(path.join(workspace, 'infra/cdk.out'));
  const codeFolder = path.join(workspace, 'apps/bench/dist/empty');
  const empty = { ...findFunction(assembly, 'promises'), name: 'empty', codeFolder };
  const overhead = await measureOverhead(empty, 1000);
  console.log(overheadTable(overhead));
  const cpuShares = await measureCpuShares(assembly, 3);
  console.log(cpuTable(cpuShares));
  if (json === undefined) return;
  const measurements = { format: 1, takenAt: new Date().toISOString(), overhead, cpuShares };
  await writeFile(json, `${JSON.stringify(measurements, undefined, 2)}\n`);
}

function overheadTable(all: readonly Overhead[]): string {
  const table = newTable(['an empty function, warm', 'the lab adds', 'at most', 'its own time', 'a second']);
  for (const { limits, aroundMs, durationMs, perSecond } of all) {
    const cells = [aroundMs.median, aroundMs.max, durationMs.median].map((ms) => `${ms.toFixed(2)} ms`);
    table.push([`limits ${limits}`, ...cells, perSecond.toFixed(0)]);
  }
  return table.toString();
}

function cpuTable(shares: readonly CpuShare[]): string {
  const table = newTable(['64 messages that compute', 'memory', 'vCPUs', 'duration', 'speed', 'by memory']);
  for (const { kind, memoryMb, limits, durationMs, speed } of shares) {
    const vcpus = vcpusOf(memoryMb);
    const marked = limits.cpu.enforced ? '' : ` (${limits.cpu.how})`;
    const cells = [`${memoryMb} MB`, vcpus.toFixed(2), `${durationMs.toFixed(0)} ms`, speed.toFixed(3)];
    table.push([kind, ...cells, `${vcpus.toFixed(3)}${marked}`]);
  }
  return table.toString();
}

function newTable(head: string[]): Table.Table {
  const colAligns = head.map((_, column) => (column === 0 ? 'left' : 'right'));
  return new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
}
