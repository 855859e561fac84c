import { sqsEvent } from '@parallel-lambda/event-sources';
import { type Invocation, type Leak, readableEntry } from '@parallel-lambda/local-lambda';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { readEvent, readEventOnStdin } from '../shared/read-event.ts';
import type { InvokeOptions } from './command.ts';
import { openFunction } from './open-function.ts';

/** Invokes a function once: in its own environment, or as deployed. */
export async function run(options: InvokeOptions, name: string): Promise<ExitCode> {
  const event = await eventOf(options);
  await using opened = await openFunction(name, options);
  const onLog = (entry: string): void => {
    process.stderr.write(`${readableEntry(entry)}\n`);
  };
  const result = await opened.invoke(event, options.json ? {} : { onLog });
  print(result, options);
  const leaks = result.leaks ?? [];
  for (const leak of leaks) console.error(`lab: ${sentence(leak)}`);
  return result.status === 'success' && leaks.length === 0 ? exitCode.success : exitCode.failure;
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
