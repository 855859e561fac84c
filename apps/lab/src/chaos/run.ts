import { runChaos, steps } from '@parallel-lambda/check';
import { LabError } from '@parallel-lambda/local-lambda';
import { findFunction, type StacksOfAssembly } from '@parallel-lambda/local-stack';

import { openStacks } from '../serve/run.ts';
import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showProgress } from '../shared/progress.ts';
import type { ChaosOptions } from './command.ts';
import { verdictText } from './print.ts';

/** Injects faults while messages are processed, and prints what became of every message. */
export async function run(options: ChaosOptions, functions: readonly string[]): Promise<ExitCode> {
  const { messages, minutes, seed, concurrency, json } = options;
  const stacks = await openStacks(options.assembly);
  using progress = showProgress('starting');
  const verdict = await runChaos({
    stacks,
    functions: withQueue(stacks, functions),
    seed,
    protocol: steps,
    messages: minutes === undefined ? messages : Infinity,
    sendForMs: minutes === undefined ? Infinity : minutes * 60_000,
    // What takes more memory than there is shall end as on Lambda.
    settings: { ...options, limits: true, oversubscribe: true },
    concurrency,
    onProgress: ({ sent, done, left }) => {
      progress.update(`${sent} messages sent, ${done} done, ${left} left`, 'sending');
    },
  });
  progress[Symbol.dispose]();
  console.log(json ? JSON.stringify(verdict, undefined, 2) : verdictText(verdict));
  return verdict.lost.length > 0 ? exitCode.failure : exitCode.success;
}

/**
 * Those that are asked for, or all.
 *
 * @throws {LabError} `usage`; `failure`, if one has no queue
 */
function withQueue({ assembly, stacks }: StacksOfAssembly, wanted: readonly string[]): readonly string[] {
  const names = wanted.length > 0 ? wanted : assembly.functions.map(({ name }) => name);
  const mapped = stacks.flatMap(({ mappings }) => mappings).filter(({ source }) => source === 'sqs');
  for (const name of names) {
    findFunction(assembly, name);
    if (mapped.some(({ functionName }) => functionName === name)) continue;
    throw new LabError('failure', `${name} reads no queue: chaos needs messages that can be counted`);
  }
  return names;
}
