import { sqsEvent } from '@parallel-lambda/event-sources';
import {
  type FunctionOptions,
  type Invocation,
  type Leak,
  readableEntry,
} from '@parallel-lambda/local-lambda';

import { exitCode } from '../shared/exit-code.ts';
import { openFunction, type HandlerOption } from './open-function.ts';
import type { RemoteOptions } from '../shared/options.ts';
import { readEvent, readEventOnStdin } from '../shared/read-event.ts';

/** What `lab invoke` is told. */
export interface InvokeOptions extends FunctionOptions, RemoteOptions, HandlerOption {
  readonly event?: string;
  readonly messages?: number;
  /** JSON. */
  readonly body?: string;
  readonly json?: boolean;
}

/** Invokes a function once: in an environment of its own, or as it is deployed. */
export async function invoke(name: string, options: InvokeOptions): Promise<void> {
  const event = await eventOf(options);
  await using opened = await openFunction(name, options);
  const onLog = (entry: string): void => {
    process.stderr.write(`${readableEntry(entry)}\n`);
  };
  const result = await opened.invoke(event, options.json ? {} : { onLog });
  print(result, options);
  const leaks = result.leaks ?? [];
  for (const leak of leaks) console.error(`lab: ${sentence(leak)}`);
  if (result.status !== 'success' || leaks.length > 0) process.exitCode = exitCode.failure;
}

function sentence({ what, where, count }: Leak): string {
  const times = count > 1 ? ` (${count} times)` : '';
  return `left running: ${what}${times}${where === undefined ? '' : `, started at ${where}`}`;
}

async function eventOf({ event, messages, body }: InvokeOptions): Promise<unknown> {
  if (event === '-') return readEventOnStdin();
  if (event !== undefined) return readEvent(event);
  if (messages === undefined && body === undefined) return {};
  return sqsEvent(messages ?? 100, JSON.parse(body ?? '{"wait":200}'));
}

/** Where both are wanted in one place, as by a script, everything is one object. */
function print(result: Invocation, { json }: InvokeOptions): void {
  const succeeded = result.status === 'success';
  if (json) {
    const { log, report, tmp, limits, leaks } = result;
    const [response, error] = succeeded ? [result.payload, null] : [null, result.error];
    // Absent are what was not asked for, and of a deployed function what is this machine's.
    console.log(JSON.stringify({ response, error, log, report, tmp, limits, leaks }, undefined, 2));
    return;
  }
  console.log(JSON.stringify(succeeded ? result.payload : result.error));
}
