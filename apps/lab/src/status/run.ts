import { readStatus, watchStatus, type StackStatus } from '@parallel-lambda/deployed-stack';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import type { StatusOptions } from './command.ts';
import { openDisplay } from './display.ts';

/** Shows queues, dead letters and metrics: once, or until the queues are drained. */
export async function run(options: StatusOptions): Promise<ExitCode> {
  const { watch, once, json, minutes } = options;
  using display = openDisplay({ minutes, json, width: process.stdout.columns });
  const watching = watch ?? (!once && !json && process.stdout.isTTY);
  let status: StackStatus | undefined;
  if (watching) {
    for await (const current of watchStatus(options)) {
      display.update(current);
      status = current;
    }
  } else {
    status = await readStatus(options);
  }
  if (!status) return exitCode.failure;
  if (!(watching && json)) display.end(status);
  display[Symbol.dispose]();
  warn(status);
  return exitCode.success;
}

function warn({ functions, metricsError }: StackStatus): void {
  const withoutQueue = functions.filter(({ queue }) => queue === null).map((one) => one.function);
  if (withoutQueue.length > 0) {
    console.error(
      `lab: ${withoutQueue.join(', ')}: streams and topics have no message count, so it is unknown whether they are drained. ` +
        'For streams, "age" is the age of the last record of a batch.',
    );
  }
  if (metricsError !== undefined) console.error(`lab: no metrics: ${metricsError}`);
}
