import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

import type { AttemptLog } from './attempt-log.ts';

/** Decides when the virtual clock may advance. */
export interface Pacing {
  /**
   * Lets the rest of the program run.
   *
   * @param aheadMs how far the clock would advance, in virtual milliseconds
   */
  pause(aheadMs: number): Promise<void>;
  /** Returns whether everything that does not need the clock has happened. */
  mayAdvance(aheadMs: number): boolean;
}

/** Paces techniques in the main thread: three turns of the event loop are enough, since the handler waits for two of them. */
export const eventLoopPacing: Pacing = {
  pause: async () => {
    for (let turns = 3; turns > 0; turns -= 1) await turn();
  },
  mayAdvance: () => true,
};

/** Virtual milliseconds per real millisecond while threads are idle. */
const pace = 1_000;

/** Real milliseconds that an invocation may wait for its threads, which may have to start first. */
const maxStartMs = 10_000;

/**
 * Paces techniques with threads, which run in real time: the farther the clock would advance, the longer it waits for
 * them; it does not advance while an invocation has not started a message.
 *
 * @param invocations the active ones
 */
export function threadPacing(attemptLog: AttemptLog, invocations: ReadonlySet<number>): Pacing {
  let seen = { activity: -1, active: 0, atMs: 0 };
  return {
    async pause(aheadMs) {
      await (aheadMs < pace ? turn() : sleep(1));
    },
    mayAdvance(aheadMs) {
      if (aheadMs < pace) return true;
      const { activity } = attemptLog;
      const active = invocations.size;
      const nowMs = performance.now();
      if (activity !== seen.activity || active !== seen.active) seen = { activity, active, atMs: nowMs };
      const started = [...invocations].every((invocation) => attemptLog.hasStarted(invocation));
      const idle = nowMs - seen.atMs >= (started ? aheadMs / pace : maxStartMs);
      if (idle) seen = { ...seen, atMs: nowMs };
      return idle;
    },
  };
}
