import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { checkAssembly, readAssembly } from '@parallel-lambda/local-lambda';
import { Command, InvalidArgumentError, Option } from 'commander';

import { cases } from './cases.ts';
import { measure, type Setup } from './measure.ts';
import { readMeasurements, withCase, writeMeasurements, type Measurements } from './measurements.ts';
import { measureMemory, memoryTable } from './memory.ts';
import { markdownTable, table } from './table.ts';

interface Options {
  readonly only?: readonly string[];
  readonly runs: number;
  readonly memory: number;
  readonly seed: number;
  readonly json?: string;
  readonly resume: boolean;
  readonly markdown?: string;
}

const workspace = path.resolve(import.meta.dirname, '../../..');
const names = [...cases.map(({ name }) => name), 'memory'];

const program = new Command('measure')
  .description('Measures whole invocations of the built functions, ours and the peers, interleaved.')
  .addOption(new Option('--only <case...>', 'only these cases').choices(names))
  .option('--runs <n>', 'measure each so many times', wholeNumber, 15)
  .option('--memory <mb>', 'memory size of every function', wholeNumber, 3538)
  .option('--seed <n>', 'draws the order in every round', wholeNumber, 1)
  .option('--json <file>', 'keep the measurements in a file, case by case, beside what it holds')
  .option('--resume', 'pass over the cases that the file holds', false)
  .option('--markdown <file>', 'write tables of all that the file of measurements holds')
  .action(run);
await program.parseAsync();

async function run(options: Options): Promise<void> {
  const { only, runs, memory: memoryMb, seed, json, resume, markdown } = options;
  await checkAssembly(workspace);
  const assembly = await readAssembly(path.join(workspace, 'infra/cdk.out'));
  const delays = fork(path.join(import.meta.dirname, 'delay-server.ts'));
  const [{ port }] = (await once(delays, 'message')) as [AddressInfo];
  const setup: Setup = { assembly, memoryMb, runs, seed, server: `http://127.0.0.1:${port}` };
  let measurements = await readMeasurements(json, memoryMb);
  const held = new Set(resume ? measurements.measured.map((one) => one.case) : []);
  const wanted = (name: string): boolean => (only?.includes(name) ?? true) && !held.has(name);

  for (const one of cases.filter(({ name }) => wanted(name))) {
    console.error(`measuring ${one.name}`);
    const series = await measure(one, setup);
    console.log(table(one, series));
    measurements = withCase(measurements, one.name, series);
    if (json !== undefined) await writeMeasurements(json, measurements);
  }
  if (wanted('memory') && !(resume && measurements.memory)) {
    console.error('measuring memory');
    measurements = { ...measurements, memory: await measureMemory(setup) };
    console.log(memoryTable(measurements.memory ?? []));
    if (json !== undefined) await writeMeasurements(json, measurements);
  }
  delays.disconnect();
  if (markdown !== undefined) await writeFile(markdown, tablesOf(measurements));
}

function tablesOf({ measured }: Measurements): string {
  return cases
    .flatMap((one) =>
      measured.filter(({ case: name }) => name === one.name).map(({ series }) => ({ one, series })),
    )
    .map(({ one, series }) => `${markdownTable(one, series)}\n`)
    .join('\n');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1) return value;
  throw new InvalidArgumentError('It must be a whole number from 1 on.');
}
