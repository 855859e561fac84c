import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';

/** Returns whether a promise has settled, some turns of the event loop from now. */
export async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  promise.then(settle, settle);
  for (let left = 5; left > 0; left -= 1) await turnOfTheEventLoop();
  return settled;
}
