import type { MessagePort } from 'node:worker_threads';

import { isError, toPlainError } from '../shared/plain-error.ts';
import { logLevels, type FromThread, type LogLine } from '../shared/thread-task.ts';

/**
 * Sends what a thread logs to the main thread, whose `console` is that of Lambda's runtime. What is written to
 * `process.stdout` is not sent.
 *
 * @param port the port of the running task; without a task the thread writes the line itself
 */
export function forwardConsole(port: () => MessagePort | undefined): void {
  for (const level of logLevels) {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- a console's methods are bound to it
    const write = console[level];
    console[level] = (...args: unknown[]) => {
      const to = port();
      if (to) send(to, level, args);
      else write(...args);
    };
  }
}

function send(port: MessagePort, level: LogLine[0], args: readonly unknown[]): void {
  // As text it is formatted here, where classes and symbols are still themselves; as JSON the runtime needs the values.
  if (process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON') {
    try {
      const values = args.map((arg) => (isError(arg) ? { error: toPlainError(arg) } : { value: arg }));
      port.postMessage({ log: [level, values] } satisfies FromThread);
      return;
    } catch {
      // A value cannot be cloned.
    }
  }
  const value = process.getBuiltinModule('node:util').format(...args);
  port.postMessage({ log: [level, [{ value }]] } satisfies FromThread);
}
