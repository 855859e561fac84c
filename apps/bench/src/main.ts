/** Measures the functions beside their peers: `npx nx measure bench`. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';
import { commitOf, localFunctions, readKept, StagedRun } from '@parallel-lambda/measure';
import { findingsText, type Measurements } from '@parallel-lambda/report';
import { Command, InvalidArgumentError, Option } from 'commander';

import { cases } from './cases.ts';
import { memoryMb, readFunctions, workspace } from './functions.ts';
import { refuseFailures, trialsOf } from './trials.ts';

interface Options {
  readonly only?: readonly string[];
  readonly runs: number;
  readonly json?: string;
}

const program = new Command('measure')
  .description('Measure whole invocations of the built functions and of their peers, interleaved')
  .addOption(
    new Option('--only <CASE...>', 'measure only these cases').choices(cases.map(({ name }) => name)),
  )
  .option('--runs <N>', 'samples of each function', wholeNumber, 15)
  .option('--json <FILE>', 'file that stores the measurements; cases that it has are not measured again')
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error(`measure: ${error.message}`);
  process.exitCode = 1;
}

async function run({ only, runs, json }: Options): Promise<void> {
  const file = json === undefined ? undefined : path.resolve(workspace, json);
  await using functions = await localFunctions(await readFunctions(), { runtime: 'own', memory: memoryMb });
  const commit = commitOf(workspace) ?? 'unknown';
  const now = { purpose: 'compare', commit, ...functions.circumstances } as const;
  const kept = file !== undefined && existsSync(file) ? await readKept(file, now) : undefined;
  const subject = {
    purpose: 'compare',
    region: 'us-east-1',
    commit,
    workloads: cases.map(({ name }) => ({ name })),
  } as const;
  const measured = new StagedRun(functions, subject, kept);
  using delays = fork(path.join(import.meta.dirname, 'delay-server.ts'));
  const [{ port }] = (await once(delays, 'message')) as [AddressInfo];
  for (const one of cases.filter(({ name }) => only?.includes(name) ?? true)) {
    console.error(`measuring ${one.name}`);
    const plan = { minRuns: runs, maxRuns: runs, budgetMs: Infinity };
    await measured.stage(trialsOf(one, `http://127.0.0.1:${port}`), plan, () => undefined);
    refuseFailures(one, measured.measurements());
    if (file !== undefined) await store(file, measured.soFar());
  }
  console.log(findingsText(measured.measurements()).text);
}

async function store(file: string, measurements: Measurements): Promise<void> {
  // A microsecond is far below the difference of two runs.
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(3)) : value;
  await writeFile(file, `${JSON.stringify(measurements, rounded)}\n`);
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
