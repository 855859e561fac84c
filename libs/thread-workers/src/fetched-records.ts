import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';

import type { Records } from '@parallel-lambda/batch/technique';

import type { FromThread, ToThread } from './thread-task.ts';

/**
 * The records of the batch, in a thread: few kinds of work read them, so they do not cross before one is read. Then
 * they come all at once, and the thread stands still for them; the main thread only waits meanwhile, so it answers.
 *
 * @param onOther is given what else comes by the port while it is being read
 */
export function fetchedRecords(
  port: MessagePort,
  sent: Int32Array,
  onOther: (message: ToThread) => void,
): Records {
  let records: readonly unknown[] | undefined;

  function fetch(): readonly unknown[] {
    port.postMessage('send records' satisfies FromThread);
    Atomics.wait(sent, 0, 0);
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      const message = next.message as ToThread;
      if (typeof message === 'object') return message.records;
      onOther(message);
    }
    throw new Error('The records of the batch did not come');
  }

  return { at: (position) => (records ??= fetch())[position] };
}
