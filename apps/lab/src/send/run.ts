import { sendMessages } from '@parallel-lambda/deployed-stack';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showProgress, warn, wrapLines } from '../shared/terminal.ts';
import type { SendOptions } from './command.ts';

/** Sends messages to the event source of a function, and prints how many were sent. */
export async function run(options: SendOptions, name: string): Promise<ExitCode> {
  const { messages, json } = options;
  using progress = showProgress('sending');
  const { to, sent, rejected } = await sendMessages({
    ...options,
    function: name,
    body: options.text ?? JSON.stringify(JSON.parse(options.body)),
    onProgress: (count) => {
      // The result has the last number.
      if (count === messages) return;
      // Without a terminal, one line for each tenth.
      progress.update(`${count} of ${messages} messages sent`, String(Math.floor((count / messages) * 10)));
    },
  });
  progress[Symbol.dispose]();
  if (json) {
    console.log(JSON.stringify({ function: name, to, sent, rejected }));
  } else {
    console.log(wrapLines(`${sent} of ${messages} messages sent to ${to}`));
    for (const { count, code, message } of rejected) warn(`${count} rejected: ${code} (${message})`);
  }
  return rejected.length > 0 ? exitCode.failure : exitCode.success;
}
