import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';

import { log, type Logger } from '@parallel-lambda/batch/technique';

import { fromPlainError } from '../shared/plain-error.ts';
import type { FailedMessage, FromThread, LogLine } from '../shared/thread-task.ts';

/** Receives the requests and reports of a thread. */
export interface ThreadListener {
  /** The thread waits for the records of the batch. */
  sendRecords(): void;
  /** A message of the thread has failed. */
  onFailed(message: FailedMessage): void;
  /** The thread has no lane left to claim and no message in flight. */
  onIdle(): void;
  /** Logger of the library. */
  readonly logger: Logger;
}

/**
 * Listens to a thread that processes a batch. Its log lines are written in the async context of the invocation that created
 * the port.
 *
 * @returns a function that logs everything sent until then and stops listening, so that no line is logged after the response.
 * Call it in the same invocation.
 */
export function listenToThread(port: MessagePort, listener: ThreadListener): () => void {
  const hear = (message: FromThread): void => {
    if (message === 'send records') listener.sendRecords();
    else if (message === 'idle') listener.onIdle();
    else if ('failed' in message) listener.onFailed(message.failed);
    else if ('log' in message) writeToConsole(message.log);
    else {
      const [level, text, error] = message.report;
      log(listener.logger, level, text, error && fromPlainError(error));
    }
  };
  port.on('message', hear);
  return () => {
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      hear(next.message as FromThread);
    }
    port.close();
  };
}

/** A console can refuse a value, as Lambda's does with a bigint in JSON. The thread that logged it could not catch that error. */
function writeToConsole([level, args]: LogLine): void {
  const values = args.map((arg) => ('error' in arg ? fromPlainError(arg.error) : arg.value));
  try {
    console[level](...values);
  } catch {
    console[level](process.getBuiltinModule('node:util').format(...values));
  }
}
