import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';

import type { FromThread } from './thread-task.ts';

/**
 * Listens to a thread that works on a batch: what it logs is logged in the name of the invocation that made the port, an
 * async resource of its own, and when it asks for the batch's records they are sent.
 *
 * @returns ends it, after logging everything that was sent until now; so no line comes after the response. To be called
 * in the same invocation
 */
export function listenToThread(port: MessagePort, sendRecords: () => void): () => void {
  const hear = (message: FromThread): void => {
    if (message === 'send records') {
      sendRecords();
      return;
    }
    const [level, args] = message.log;
    console[level](...args);
  };
  port.on('message', hear);
  return () => {
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      hear(next.message as FromThread);
    }
    port.close();
  };
}
