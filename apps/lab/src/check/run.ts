import ora from 'ora';

import { describeFolder, type FunctionOptions } from '@parallel-lambda/local-lambda';
import { exitCode } from '../shared/exit-code.ts';
import { checks, type Section } from '@parallel-lambda/check';
import { scorecard, type Answered } from './print.ts';

/** What `lab check` is told. */
export interface CheckOptions extends FunctionOptions {
  readonly handler?: string;
  readonly only?: readonly Section[];
  readonly messages: number;
  readonly seed: number;
  /** Seconds. */
  readonly timeout: number;
  readonly json?: boolean;
}

/** Asks a built function every question, and prints the scorecard. */
export async function checkFunction(folder: string, options: CheckOptions): Promise<void> {
  const { runtime, messages, seed, only, json } = options;
  const definition = describeFolder(folder, options);
  const spinner = ora({ stream: process.stderr, text: 'starting', discardStdin: false }).start();
  const asked = checks.filter(({ section }) => only === undefined || only.includes(section));
  const findings: Answered[] = [];
  try {
    for (const { run, ...check } of asked) {
      const title = `${findings.length + 1} of ${asked.length}: ${check.name}`;
      spinner.text = title;
      const onProgress = (text: string): void => {
        spinner.text = `${title} (${text})`;
      };
      findings.push({ ...check, ...(await run({ definition, runtime, messages, seed, onProgress })) });
    }
  } finally {
    spinner.stop();
  }
  console.log(json ? JSON.stringify(findings, undefined, 2) : scorecard(findings));
  if (findings.some(({ passed }) => !passed)) process.exitCode = exitCode.failure;
}
