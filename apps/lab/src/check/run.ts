import { checks } from '@parallel-lambda/check';
import { describeFolder } from '@parallel-lambda/local-lambda';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showProgress } from '../shared/progress.ts';
import type { CheckOptions } from './command.ts';
import { scorecard, type Answered } from './print.ts';

/** Runs the checks on a built function, and prints the scorecard. */
export async function run(options: CheckOptions, folder: string): Promise<ExitCode> {
  const { runtime, messages, seed, only, json } = options;
  const definition = describeFolder(folder, options);
  using progress = showProgress('starting');
  const asked = checks.filter(({ section }) => only === undefined || only.includes(section));
  const findings: Answered[] = [];
  for (const { run: runCheck, ...check } of asked) {
    const title = `${findings.length + 1} of ${asked.length}: ${check.name}`;
    progress.update(title);
    const onProgress = (text: string): void => {
      progress.update(`${title} (${text})`, title);
    };
    findings.push({ ...check, ...(await runCheck({ definition, runtime, messages, seed, onProgress })) });
  }
  progress[Symbol.dispose]();
  console.log(json ? JSON.stringify(findings, undefined, 2) : scorecard(findings));
  return findings.every(({ passed }) => passed) ? exitCode.success : exitCode.failure;
}
