import { runChecks, scorecard } from '@parallel-lambda/check';
import { describeFolder } from '@parallel-lambda/local-lambda';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showProgress, textWidth } from '../shared/terminal.ts';
import type { CheckOptions } from './command.ts';

/** Runs the checks on a built function, and prints the scorecard. */
export async function run(options: CheckOptions, folder: string): Promise<ExitCode> {
  const definition = describeFolder(folder, options);
  using progress = showProgress('starting');
  const results = await runChecks(definition, {
    ...options,
    onProgress: (title, detail) => {
      progress.update(detail === undefined ? title : `${title} (${detail})`, title);
    },
    onError: console.error,
  });
  progress[Symbol.dispose]();
  console.log(options.json ? JSON.stringify(results, undefined, 2) : scorecard(results, textWidth()));
  return results.every(({ passed }) => passed) ? exitCode.success : exitCode.failure;
}
