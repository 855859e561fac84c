import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';
import { checkAssembly, readAssembly } from '@parallel-lambda/local-stack';
import { Command, InvalidArgumentError, Option } from 'commander';

import { cases } from './cases.ts';
import { measure, type Setup } from './measure.ts';
import { commitOfSources, readMeasurements, withCase, writeMeasurements } from './measurements.ts';
import { measureMemory, memoryTable } from './memory.ts';
import { table } from './table.ts';
import { workspace } from './workspace.ts';

interface Options {
  readonly only?: readonly string[];
  readonly runs: number;
  readonly memory: number;
  readonly seed: number;
  readonly json?: string;
  readonly resume: boolean;
}

const names = [...cases.map(({ name }) => name), 'memory'];

const program = new Command('measure')
  .description('Measures whole invocations of the built functions, ours and the peers, interleaved.')
  .addOption(new Option('--only <case...>', 'only these cases').choices(names))
  .option('--runs <n>', 'how many turns each competitor has', wholeNumber, 15)
  .option('--memory <mb>', 'memory size of every function', wholeNumber, 3538)
  .option('--seed <n>', 'draws the order in every round', wholeNumber, 1)
  .option(
    '--json <file>',
    'keep the measurements in a file (from the workspace), case by case, beside what it holds',
  )
  .option('--resume', 'pass over the cases that the file holds', false)
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error(`measure: ${error.message}`);
  process.exitCode = 1;
}

async function run({ only, runs, memory: memoryMb, seed, json, resume }: Options): Promise<void> {
  const file = json === undefined ? undefined : path.resolve(workspace, json);
  let measurements = await readMeasurements(file, memoryMb);
  const commit = commitOfSources(workspace);
  await checkAssembly(workspace);
  const assembly = await readAssembly(path.join(workspace, 'infra/cdk.out'));
  using stack = new DisposableStack();
  const delays = fork(path.join(import.meta.dirname, 'delay-server.ts'));
  stack.defer(() => {
    delays.disconnect();
  });
  const [{ port }] = (await once(delays, 'message')) as [AddressInfo];
  const setup: Setup = { assembly, memoryMb, runs, seed, server: `http://127.0.0.1:${port}` };
  const held = new Set(resume ? measurements.measured.map((one) => one.case) : []);
  const wanted = (name: string): boolean => (only?.includes(name) ?? true) && !held.has(name);

  for (const one of cases.filter(({ name }) => wanted(name))) {
    console.error(`measuring ${one.name}`);
    try {
      const series = await measure(one, setup);
      console.log(table(one, series));
      measurements = withCase(measurements, { name: one.name, commit }, series);
    } catch (error) {
      if (only !== undefined || !lacksClient(error)) throw error;
      console.error(`passed over: ${error.message}`);
    }
    if (file !== undefined) await writeMeasurements(file, measurements);
  }
  if (wanted('memory') && !(resume && measurements.memory)) {
    console.error('measuring memory');
    const series = await measureMemory(setup);
    console.log(memoryTable(series));
    measurements = { ...measurements, memory: { takenAt: new Date().toISOString(), commit, series } };
    if (file !== undefined) await writeMeasurements(file, measurements);
  }
}

/** Few have AWS's runtime client, which has to be compiled: all else can be measured without it. */
function lacksClient(error: unknown): error is LabError {
  return error instanceof LabError && error.code === 'runtime';
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1) return value;
  throw new InvalidArgumentError('It must be a whole number from 1 on.');
}
