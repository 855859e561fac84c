import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import {
  findFunction,
  LocalFunction,
  LocalLambdaError,
  type InvocationResult,
} from '@parallel-lambda/local-lambda';

import { exitCode } from './exit-code.ts';
import { localFunctionOptions, type FunctionOptions } from './options.ts';
import { sqsEvent } from '@parallel-lambda/event-source';
import { openAssembly } from './workspace.ts';

/** What `lab invoke` is told. */
export interface InvokeOptions extends FunctionOptions {
  readonly event?: string;
  readonly messages?: number;
  /** JSON. */
  readonly body?: string;
  readonly json?: boolean;
}

/** Invokes a function once, in an environment of its own. */
export async function invoke(name: string, options: InvokeOptions): Promise<void> {
  const event = await readEvent(options);
  const definition = findFunction(await openAssembly(), name);
  await using local = new LocalFunction(definition, localFunctionOptions(options));
  for (const note of definition.notes) console.error(`lab: ${note}`);
  const onLog = (entry: string): void => {
    process.stderr.write(`${entry}
`);
  };
  const result = await local.invoke(event, options.json ? {} : { onLog });
  print(result, options);
  if (result.status !== 'success') process.exitCode = exitCode.failure;
}

async function readEvent({ event, messages, body }: InvokeOptions): Promise<unknown> {
  if (event !== undefined) return parse(event, event === '-' ? await text(process.stdin) : await read(event));
  if (messages === undefined && body === undefined) return {};
  return sqsEvent(messages ?? 100, JSON.parse(body ?? '{"wait":200}'));
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new LocalLambdaError('event', `The event ${file} cannot be read: ${(cause as Error).message}`);
  }
}

function parse(file: string, content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch (cause) {
    const name = file === '-' ? 'on stdin' : file;
    throw new LocalLambdaError('event', `The event ${name} is no JSON: ${(cause as Error).message}`);
  }
}

/** Where both are wanted in one place, as by a script, everything is one object. */
function print(result: InvocationResult, { json }: InvokeOptions): void {
  const succeeded = result.status === 'success';
  if (json) {
    const { log, report } = result;
    const [response, error] = succeeded ? [result.payload, null] : [null, result.error];
    console.log(JSON.stringify({ response, error, log, report }, undefined, 2));
    return;
  }
  console.log(JSON.stringify(succeeded ? result.payload : result.error));
}
