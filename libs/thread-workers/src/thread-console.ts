import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';

/** The methods that Lambda's runtime gives the function's log format and the request id: in the main thread alone. */
const levels = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

type LogLine = readonly [level: (typeof levels)[number], args: readonly unknown[]];

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
    port.postMessage([level, [format(...args)]] satisfies LogLine);
    return;
  }
  try {
    port.postMessage([level, args] satisfies LogLine);
  } catch {
    port.postMessage([level, [format(...args)]] satisfies LogLine);
  }
}

/**
 * In the main thread: logs what a thread sends, in the name of the invocation that calls this.
 *
 * @returns ends it, after logging everything that was sent until now; so no line comes after the response
 */
export function logFrom(port: MessagePort): () => void {
  const inThisInvocation = AsyncLocalStorage.snapshot();
  const log = ([level, args]: LogLine): void => {
    inThisInvocation(() => {
      console[level](...args);
    });
  };
  port.on('message', log);
  return () => {
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      log(next.message as LogLine);
    }
    port.close();
  };
}
