import { BroadcastChannel, getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

import { cellReaches } from '../recorder/shared-cells.ts';
import { maxMessages } from './attempt-log.ts';

const key = 'parallel-lambda/simulation/gates';
const channelName = key;

interface Arrival {
  readonly message: number;
  readonly waitMs: number;
}

/**
 * Opens the gates at which work in threads waits, because only the main thread has the virtual clock. A gate may be
 * opened for work that no longer exists; the next attempt closes it first.
 *
 * @returns dispose of it to stop
 */
export function serveGates(): Disposable {
  const gates = new Int32Array(new SharedArrayBuffer(maxMessages * Int32Array.BYTES_PER_ELEMENT));
  setEnvironmentData(key, gates.buffer);
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (event: unknown) => {
    const { message, waitMs } = (event as { readonly data: Arrival }).data;
    setTimeout(() => {
      Atomics.store(gates, message, 1);
      Atomics.notify(gates, message);
    }, waitMs);
  };
  return {
    [Symbol.dispose]: () => {
      channel.close();
    },
  };
}

let arrivals: BroadcastChannel | undefined;

/** Waits in a thread until the virtual clock opens the gate of a message. */
export async function waitAtGate(message: number, waitMs: number): Promise<void> {
  const memory = getEnvironmentData(key) as unknown as SharedArrayBuffer;
  const gates = new Int32Array(memory);
  Atomics.store(gates, message, 0);
  arrivals ??= new BroadcastChannel(channelName);
  arrivals.unref();
  arrivals.postMessage({ message, waitMs } satisfies Arrival);
  await cellReaches(gates, message, 1);
}
