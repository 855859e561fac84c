import { format } from 'node:util';
import type { MessagePort } from 'node:worker_threads';

import type { FromThread } from './thread-task.ts';

/** The methods that Lambda's runtime gives the function's log format and the request id: in the main thread alone. */
const levels = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

/** A call of `console` in a thread. */
export type LogLine = readonly [level: (typeof levels)[number], args: readonly unknown[]];

/**
 * In a thread: sends what is logged to the main thread, whose `console` is the runtime's, instead of writing it
 * past the runtime. What is written to `process.stdout` itself is not seen here.
 *
 * @param port the port of the task that is running, if any; without one the line is written as it always was
 */
export function forwardConsole(port: () => MessagePort | undefined): void {
  for (const level of levels) {
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
  if (process.env.AWS_LAMBDA_LOG_FORMAT !== 'JSON') {
    port.postMessage({ log: [level, [format(...args)]] } satisfies FromThread);
    return;
  }
  try {
    port.postMessage({ log: [level, args] } satisfies FromThread);
  } catch {
    port.postMessage({ log: [level, [format(...args)]] } satisfies FromThread);
  }
}
