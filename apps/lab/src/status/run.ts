import {
  countsText,
  readStatus,
  statusNotes,
  statusTable,
  watchStatus,
  type StackStatus,
} from '@parallel-lambda/deployed-stack';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showProgress, textWidth, warn } from '../shared/terminal.ts';
import type { StatusOptions } from './command.ts';

/** Shows queues, dead letters and metrics: once, or until the queues are drained. */
export async function run(options: StatusOptions): Promise<ExitCode> {
  const { watch, once, json, minutes } = options;
  const watching = watch ?? (!once && !json && process.stdout.isTTY);
  const onTerminal = process.stdout.isTTY && process.stderr.isTTY;
  const text = (status: StackStatus): string =>
    json ? JSON.stringify(status.functions) : statusTable(status, minutes, textWidth());
  let last: StackStatus | undefined;
  if (watching) {
    using progress = json ? undefined : showProgress('reading the status');
    for await (const status of watchStatus(options)) {
      last = status;
      if (!progress) console.log(text(status));
      else if (onTerminal) progress.update(`until the queues are drained\n\n${text(status)}`);
      else progress.update(countsText(status));
    }
  } else {
    last = await readStatus(options);
  }
  if (!last) return exitCode.failure;
  if (!(watching && json)) console.log(text(last));
  statusNotes(last).forEach(warn);
  return exitCode.success;
}
