import { open, type FileHandle } from 'node:fs/promises';
import { styleText } from 'node:util';

import { LocalLambdaError } from '@parallel-lambda/local-lambda';
import ora from 'ora';

import { analyse } from './comparison/analyse.ts';
import { conditions, meaning } from './comparison/meaning.ts';
import { measure, type OnProgress } from './comparison/measure.ts';
import { table } from './comparison/table.ts';
import type { FunctionOptions } from './options.ts';
import { openAssembly } from './workspace.ts';

/** What `lab compare` is told. */
export interface CompareOptions extends FunctionOptions {
  readonly runs: number;
  readonly json?: string;
}

/** Measures, keeps what was measured where that is wanted, and shows what it says. */
export async function compare({ runs, json, ...settings }: CompareOptions): Promise<void> {
  const assembly = await openAssembly();
  // Opened first: a wrong path is told before the measuring, not after it.
  await using file = json === undefined ? undefined : await openFile(json);
  const spinner = ora({ stream: process.stderr, text: 'starting the functions' });
  spinner.start();
  const measurements = await measure({ assembly, runs, settings }, progressOn(spinner)).finally(() =>
    spinner.stop(),
  );
  await file?.writeFile(`${JSON.stringify(measurements, undefined, 2)}\n`);
  const groups = analyse(measurements);
  console.log(table(groups));
  for (const sentence of meaning(groups)) console.log(`- ${sentence}`);
  console.log(styleText('dim', conditions(measurements)));
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'w');
  } catch (error) {
    throw new LocalLambdaError('setting', `${file} cannot be written: ${(error as Error).message}`);
  }
}

/** On a terminal one line that changes; elsewhere a plain line whenever the workload changes. */
function progressOn(spinner: { text: string }): OnProgress {
  let last = '';
  return (done, all, what) => {
    const line = `${done} of ${all} measured, now ${what}`;
    if (process.stderr.isTTY) {
      spinner.text = line;
      return;
    }
    const [workload = ''] = what.split(':');
    if (workload !== last) console.error(`${done} of ${all} measured, now ${workload}`);
    last = workload;
  };
}
