import type { MessagePort } from 'node:worker_threads';

import { isError, toPlainError } from '../shared/plain-error.ts';
import { logLevels, type FromThread, type LogLine, type Report } from '../shared/thread-task.ts';

let port: MessagePort | undefined;

/** Sends the log lines of this thread to this port from now on. Without a port, the thread writes it itself. */
export function logTo(to: MessagePort | undefined): void {
  port = to;
}

/**
 * Sends the log lines of a thread to the main thread, whose `console` is that of Lambda's runtime. What is written to
 * `process.stdout` is not sent.
 */
export function forwardConsole(): void {
  for (const level of logLevels) {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- a console's methods are bound to it
    const write = console[level];
    console[level] = (...args: unknown[]) => {
      if (port) send(port, level, args);
      else write(...args);
    };
  }
}

/** Logs a line of this library itself, by the logger of the handler. */
export function report(level: Report[0], message: string, error?: unknown): void {
  const line = [level, message, error === undefined ? undefined : toPlainError(error)] as const;
  if (port) port.postMessage({ report: line } satisfies FromThread);
  else console[level](message, error);
}

function send(to: MessagePort, level: LogLine[0], args: readonly unknown[]): void {
  // As text it is formatted here, where classes and symbols are still themselves; as JSON the runtime needs the values.
  if (process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON') {
    try {
      const values = args.map((arg) => (isError(arg) ? { error: toPlainError(arg) } : { value: arg }));
      to.postMessage({ log: [level, values] } satisfies FromThread);
      return;
    } catch {
      // A value cannot be cloned.
    }
  }
  const value = process.getBuiltinModule('node:util').format(...args);
  to.postMessage({ log: [level, [{ value }]] } satisfies FromThread);
}
