import { findFunction, LocalLambdaError, type StacksOfAssembly } from '@parallel-lambda/local-lambda';
import ora from 'ora';

import { exitCode } from '../exit-code.ts';
import type { FunctionOptions } from '../options.ts';
import { openStacks } from '../serve/serve.ts';
import { runChaos, type ChaosProgress } from './chaos-run.ts';
import { steps } from './message-plan.ts';
import type { Verdict } from './verdict.ts';
import { verdictText } from './verdict-text.ts';

/** What `lab chaos` is told. */
export interface ChaosOptions extends FunctionOptions {
  readonly messages: number;
  readonly minutes?: number;
  readonly seed: number;
  readonly concurrency: number;
  readonly assembly?: string;
  readonly json?: boolean;
}

/** Runs it, and says what became of every message. */
export async function chaos(functions: readonly string[], options: ChaosOptions): Promise<void> {
  const { messages, minutes, seed, concurrency, json } = options;
  const stacks = await openStacks(options.assembly);
  const spinner = ora({ stream: process.stderr, text: 'starting', discardStdin: false }).start();
  const onProgress = ({ sent, done, left }: ChaosProgress): void => {
    spinner.text = `${sent} messages sent, ${done} done, ${left} left`;
  };
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
    onProgress,
  }).finally(() => {
    spinner.stop();
  });
  print(verdict, json ?? false);
  if (verdict.lost.length > 0) process.exitCode = exitCode.failure;
}

/**
 * Those that are asked for, or all.
 *
 * @throws {LocalLambdaError} `unknown-function`; `assembly`, when one has no queue
 */
function withQueue({ assembly, stacks }: StacksOfAssembly, wanted: readonly string[]): readonly string[] {
  const names = wanted.length > 0 ? wanted : assembly.functions.map(({ name }) => name);
  const mapped = stacks.flatMap(({ mappings }) => mappings).filter(({ source }) => source === 'sqs');
  for (const name of names) {
    findFunction(assembly, name);
    if (mapped.some(({ functionName }) => functionName === name)) continue;
    throw new LocalLambdaError(
      'assembly',
      `${name} reads no queue: chaos needs messages that can be counted`,
    );
  }
  return names;
}

function print(verdict: Verdict, json: boolean): void {
  console.log(json ? JSON.stringify(verdict, undefined, 2) : verdictText(verdict));
}
