import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

import type { Ledger } from './ledger.ts';

/** When the virtual clock may go on. */
export interface Patience {
  /**
   * Gives the rest of the program some time.
   *
   * @param aheadMs how far the clock would go on, in virtual milliseconds
   */
  pause(aheadMs: number): Promise<void>;
  /** Whether what can happen without the clock has happened. */
  isOver(aheadMs: number): boolean;
}

/** For techniques that stay in the main thread: two turns of the event loop are all that they take. */
export const turnsOfTheLoop: Patience = {
  pause: async () => {
    await turn();
    await turn();
  },
  isOver: () => true,
};

/** Virtual milliseconds that go by in a real one while threads are silent. */
const pace = 1_000;

/** What an invocation may wait for its threads, in real milliseconds; they may have to be started first. */
const longestStartMs = 10_000;

/**
 * For techniques with threads, which live in real time: the farther the clock would go on, the longer it waits for
 * them; and it stands still while an invocation has not got any.
 *
 * @param invocations those that live
 */
export function patienceWithThreads(ledger: Ledger, invocations: ReadonlySet<number>): Patience {
  let seen = { activity: -1, living: 0, atMs: 0 };
  return {
    async pause(aheadMs) {
      await (aheadMs < pace ? turn() : sleep(1));
    },
    isOver(aheadMs) {
      if (aheadMs < pace) return true;
      const { activity } = ledger;
      const living = invocations.size;
      const nowMs = performance.now();
      if (activity !== seen.activity || living !== seen.living) seen = { activity, living, atMs: nowMs };
      const started = [...invocations].every((invocation) => ledger.hasStarted(invocation));
      const over = nowMs - seen.atMs >= (started ? aheadMs / pace : longestStartMs);
      if (over) seen = { ...seen, atMs: nowMs };
      return over;
    },
  };
}
