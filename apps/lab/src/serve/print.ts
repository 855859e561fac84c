import { onKey } from '@parallel-lambda/command-line';
import { openLogFile } from '@parallel-lambda/local-lambda';
import {
  jsonDisplay,
  lineDisplay,
  TableDisplay,
  type DisplayOutput,
  type OpenedResources,
  type StackDisplay,
} from '@parallel-lambda/local-stack/server';

import { programName } from '../package.ts';
import { textWidth } from '../shared/terminal.ts';
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
    logFile: logs === undefined ? undefined : resources.use(await openLogFile(logs)).write,
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
