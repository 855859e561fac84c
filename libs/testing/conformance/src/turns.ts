import { setImmediate as turn } from 'node:timers/promises';

/**
 * Lets the event loop go round a few times, so that what is about to happen without cause happens. For proving
 * that something does *not* happen; what is to happen is awaited through the witness.
 */
export async function turns(): Promise<void> {
  for (let left = 20; left > 0; left -= 1) await turn();
}
