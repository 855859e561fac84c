import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { checkAssembly, readAssembly } from '@parallel-lambda/local-lambda';
import { Command, InvalidArgumentError, Option } from 'commander';

import { cases } from './cases.ts';
import { measure, type Series } from './measure.ts';
import { table } from './table.ts';

interface Options {
  readonly only?: string;
  readonly runs: number;
  readonly memory: number;
  readonly json?: string;
}

const workspace = path.resolve(import.meta.dirname, '../../..');

const program = new Command('measure')
  .description('Measures whole invocations of the built functions, ours and the peers, interleaved.')
  .addOption(new Option('--only <case>', 'one case').choices(cases.map(({ name }) => name)))
  .option('--runs <n>', 'measure each so many times', wholeNumber, 15)
  .option('--memory <mb>', 'memory size of every function', wholeNumber, 3538)
  .option('--json <file>', 'keep the measurements in a file')
  .action(run);
await program.parseAsync();

async function run({ only, runs, memory: memoryMb, json }: Options): Promise<void> {
  await checkAssembly(workspace);
  const assembly = await readAssembly(path.join(workspace, 'infra/cdk.out'));
  const delays = fork(path.join(import.meta.dirname, 'delay-server.ts'));
  const [{ port }] = (await once(delays, 'message')) as [AddressInfo];
  const setup = { assembly, memoryMb, runs, server: `http://127.0.0.1:${port}` };
  const measured: { readonly case: string; readonly series: readonly Series[] }[] = [];
  for (const one of cases.filter(({ name }) => only === undefined || name === only)) {
    console.error(`measuring ${one.name}`);
    const series = await measure(one, setup);
    measured.push({ case: one.name, series });
    console.log(table(one, series));
  }
  delays.disconnect();
  if (json !== undefined) {
    const measurements = {
      format: 1,
      takenAt: new Date().toISOString(),
      node: process.version,
      memoryMb,
      measured,
    };
    await writeFile(json, `${JSON.stringify(measurements, undefined, 2)}\n`);
  }
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1) return value;
  throw new InvalidArgumentError('It must be a whole number from 1 on.');
}
