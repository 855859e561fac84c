import { BroadcastChannel, getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

import { cellReaches } from '../witness-cells.ts';
import { mostMessages } from './ledger.ts';

const key = 'parallel-lambda/simulation/gates';
const channelName = key;

interface Arrival {
  readonly message: number;
  readonly waitMs: number;
}

/**
 * Opens the gates at which work waits in threads, since the virtual clock is in the main thread alone. A gate may
 * be opened for work that is gone; whoever comes next closes it first.
 *
 * @returns ends it
 */
export function keepGates(): Disposable {
  const gates = new Int32Array(new SharedArrayBuffer(mostMessages * Int32Array.BYTES_PER_ELEMENT));
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

/** Waits at a message's gate, in a thread, until the virtual clock opens it. */
export async function waitAtGate(message: number, waitMs: number): Promise<void> {
  const memory = getEnvironmentData(key) as unknown as SharedArrayBuffer;
  const gates = new Int32Array(memory);
  Atomics.store(gates, message, 0);
  arrivals ??= new BroadcastChannel(channelName);
  arrivals.unref();
  arrivals.postMessage({ message, waitMs } satisfies Arrival);
  await cellReaches(gates, message, 1);
}
