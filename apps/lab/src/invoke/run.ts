import { sqsEvent, sqsTextEvent } from '@parallel-lambda/event-sources';
import {
  functionNotes,
  leakText,
  resultText,
  type InvocableFunction,
  LocalFunction,
  missingModuleHint,
  readableEntry,
  readEvent,
} from '@parallel-lambda/local-lambda';
import { findDefinition } from '@parallel-lambda/local-stack';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { functionOptions, useNode } from '../shared/function-options.ts';
import { warn } from '../shared/terminal.ts';
import { openStacks } from '../shared/workspace.ts';
import type { InvokeOptions } from './command.ts';

/** Invokes a function once: in its own environment, or as deployed. */
export async function run(options: InvokeOptions, name: string): Promise<ExitCode> {
  const { json = false } = options;
  const event = await eventOf(options);
  await using opened = await openFunction(name, options);
  const onLog = (entry: string): void => {
    process.stderr.write(`${readableEntry(entry)}\n`);
  };
  const result = await opened.invoke(event, json ? {} : { onLog });
  console.log(resultText(result, json));
  const hint = missingModuleHint(result);
  if (hint !== undefined) warn(hint);
  const leaks = result.leaks ?? [];
  for (const leak of leaks) warn(leakText(leak));
  return result.status === 'success' && leaks.length === 0 ? exitCode.success : exitCode.failure;
}

async function eventOf({ event, messages, body, text }: InvokeOptions): Promise<unknown> {
  if (event !== undefined) return readEvent(event);
  if (text !== undefined) return sqsTextEvent(messages ?? 100, text);
  if (messages === undefined && body === undefined) return {};
  return sqsEvent(messages ?? 100, JSON.parse(body ?? '{"wait":200}'));
}

/** @throws {LabError} if the function cannot run here, or is not deployed */
async function openFunction(name: string, options: InvokeOptions): Promise<InvocableFunction> {
  if (options.remote) {
    // Loaded here, because the AWS SDK takes longer to load than a function to run.
    const { openDeployedFunction } = await import('@parallel-lambda/deployed-stack');
    return openDeployedFunction(options.stack, name);
  }
  useNode(options.node);
  const localOptions = await functionOptions(options);
  const local = new LocalFunction(
    await findDefinition(name, options, () => openStacks({ layer: options.layer })),
    localOptions,
  );
  functionNotes(local, localOptions).forEach(warn);
  return local;
}
