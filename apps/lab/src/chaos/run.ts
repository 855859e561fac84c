import { runChaos, steps, verdictText } from '@parallel-lambda/check';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showProgress, wrapLines } from '../shared/terminal.ts';
import { openStacks } from '../shared/workspace.ts';
import type { ChaosOptions } from './command.ts';

/** Injects faults while messages are processed, and prints what happened to every message. */
export async function run(options: ChaosOptions, functions: readonly string[]): Promise<ExitCode> {
  const stacks = await openStacks(options);
  using progress = showProgress('starting');
  const verdict = await runChaos({
    ...options,
    stacks,
    functions,
    protocol: steps,
    // A message that takes more memory than there is must end as on Lambda.
    settings: { ...options, limits: true, oversubscribe: true },
    onProgress: ({ sent, done, left }) => {
      progress.update(`${sent} messages sent, ${done} done, ${left} left`, 'sending');
    },
    onError: console.error,
  });
  progress[Symbol.dispose]();
  console.log(options.json ? JSON.stringify(verdict, undefined, 2) : wrapLines(verdictText(verdict)));
  return verdict.lost.length > 0 ? exitCode.failure : exitCode.success;
}
