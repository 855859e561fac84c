import { createWriteStream } from 'node:fs';

import { checkWritable } from '@parallel-lambda/local-lambda';
import {
  jsonDisplay,
  lineDisplay,
  TableDisplay,
  type DisplayOutput,
  type OpenedResources,
  type StackDisplay,
} from '@parallel-lambda/local-stack/server';

import { programName } from '../package.ts';
import { onKey, textWidth } from '../shared/terminal.ts';
import type { ServeOptions } from './command.ts';

/** Opens the display of a served stack: lines of JSON, a table on a terminal, or a line per invocation. */
export async function openDisplay(
  { json, logs }: Pick<ServeOptions, 'json' | 'logs'>,
  resources: OpenedResources,
): Promise<StackDisplay> {
  const output: DisplayOutput = {
    program: programName,
    print: console.log,
    printError: console.error,
    logFile: logs === undefined ? undefined : await openLogFile(logs, resources),
  };
  if (json) return resources.use(jsonDisplay(output));
  if (!process.stdout.isTTY) return resources.use(lineDisplay(output));
  const table = new TableDisplay(output, { stream: process.stdout, width: textWidth });
  resources.use(
    onKey('l', () => {
      table.toggleLogs();
    }),
  );
  return resources.use(table);
}

/** @throws {LabError} `usage`, if the file cannot be written */
async function openLogFile(file: string, resources: OpenedResources): Promise<(line: string) => void> {
  await checkWritable(file);
  const stream = createWriteStream(file, { flags: 'a' });
  resources.defer(() => {
    stream.end();
  });
  return (line) => stream.write(`${line}\n`);
}
