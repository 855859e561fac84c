import { type FunctionOptions, LocalLambdaError } from '@parallel-lambda/local-lambda';
import { findFunction, type StacksOfAssembly } from '@parallel-lambda/local-stack';
import ora from 'ora';

import { exitCode } from '../shared/exit-code.ts';
import { openStacks } from '../serve/run.ts';
import { type ChaosProgress, runChaos, steps, type Verdict } from '@parallel-lambda/check';
import { verdictText } from './print.ts';

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
