import { sendMessages, type SendResult } from '@parallel-lambda/deployed-stack';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showProgress } from '../shared/progress.ts';
import type { SendOptions } from './command.ts';

/** Sends messages to the event source of a function, and prints how many were sent. */
export async function run(options: SendOptions, name: string): Promise<ExitCode> {
  const { messages } = options;
  using progress = showProgress('sending');
  const result = await sendMessages({
    ...options,
    function: name,
    body: JSON.stringify(JSON.parse(options.body)),
    onProgress: (sent) => {
      // Without a terminal, one line for each tenth.
      progress.update(`${sent} of ${messages} messages sent`, String(Math.floor((sent / messages) * 10)));
    },
  });
  progress[Symbol.dispose]();
  print(name, result, options);
  return result.rejected.length > 0 ? exitCode.failure : exitCode.success;
}

function print(name: string, { to, sent, rejected }: SendResult, { messages, json }: SendOptions): void {
  if (json) {
    console.log(JSON.stringify({ function: name, to, sent, rejected }));
    return;
  }
  console.log(`${sent} of ${messages} messages sent to ${to}`);
  for (const { count, code, message } of rejected) {
    console.error(`lab: ${count} rejected: ${code} (${message})`);
  }
}
