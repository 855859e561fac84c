import { DeadlineReached } from '@parallel-lambda/batch';
import type { Deadline } from '@parallel-lambda/batch/technique';

/** A deadline whose moments come when the test says so. */
export interface DeadlineByHand extends Deadline {
  /** The deadline comes: the signal is aborted. */
  reach(): void;
  /** The grace is over. */
  giveUp(): void;
  /** What was given up is no longer waited for. */
  runOut(): void;
}

/**
 * Makes a deadline that never comes by itself.
 *
 * @param atMs what the work is told, in milliseconds since the epoch; a thread may compare it with the real clock
 * @default atMs an hour from now
 */
export function deadlineByHand(atMs: number | undefined = Date.now() + 3_600_000): DeadlineByHand {
  const aborter = new AbortController();
  const reached = Promise.withResolvers<undefined>();
  const graceOver = Promise.withResolvers<undefined>();
  const mustRespond = Promise.withResolvers<undefined>();
  return {
    atMs,
    signal: aborter.signal,
    abortIfReached: () => aborter.signal.aborted,
    reached: reached.promise,
    graceOver: graceOver.promise,
    mustRespond: mustRespond.promise,
    reach: () => {
      aborter.abort(new DeadlineReached());
      reached.resolve(undefined);
    },
    giveUp: () => {
      graceOver.resolve(undefined);
    },
    runOut: () => {
      mustRespond.resolve(undefined);
    },
  };
}
