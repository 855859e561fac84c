import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';

import { InvalidMessageError } from '@parallel-lambda/batch';
import type { Records } from '@parallel-lambda/batch/technique';

import { RECORDS_SENT, type FromThread, type ToThread } from '../shared/thread-task.ts';
import { report } from './thread-console.ts';

/** The longest time that a thread waits for records when the invocation has no deadline, in milliseconds. */
const MAX_WAIT_MS = 10_000;

/** Options for `fetchedRecords`. */
export interface FetchOptions {
  /** The state of the records, which the main thread sets. */
  readonly sent: Int32Array;
  /** The deadline of the batch, in milliseconds since the epoch. */
  readonly deadlineMs: number | undefined;
  /** Receives other messages that arrive while the thread waits. */
  readonly onOther: (message: Exclude<ToThread, object>) => void;
}

/**
 * Returns the records of the batch, in a thread. Most work does not read records, so all of them are sent when the first one is
 * read. The thread blocks until they arrive; the main thread is idle, so it answers.
 *
 * @returns an object whose `at` throws if the record cannot be cloned, or the records were not received before the deadline.
 * After the batch has ended it returns `undefined` and logs a warning.
 */
export function fetchedRecords(port: MessagePort, { sent, deadlineMs, onOther }: FetchOptions): Records {
  let fetched: Exclude<ToThread, string> | undefined;

  function fetch(): Exclude<ToThread, string> | undefined {
    port.postMessage('send records' satisfies FromThread);
    const waitMs = deadlineMs === undefined ? MAX_WAIT_MS : Math.max(0, deadlineMs - Date.now());
    Atomics.wait(sent, 0, 0, waitMs);
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      const message = next.message as ToThread;
      if (typeof message === 'object') return message;
      onOther(message);
    }
    return undefined;
  }

  return {
    at(position) {
      fetched ??= fetch();
      if (!fetched) {
        reportUnavailable(sent);
        return undefined;
      }
      const problem = fetched.problems?.[position];
      if (problem === undefined) return fetched.records[position];
      throw new InvalidMessageError(
        `The record of this message cannot be sent to a thread: ${problem}. Remove what cannot be cloned from it before batchHandler is called.`,
      );
    },
  };
}

function reportUnavailable(sent: Int32Array): void {
  if (Atomics.load(sent, 0) <= RECORDS_SENT) {
    throw new InvalidMessageError('The record of this message did not reach the thread before the deadline.');
  }
  report(
    'warn',
    'A record was read after its batch had ended, so it is undefined. Await everything that your work starts.',
  );
}
