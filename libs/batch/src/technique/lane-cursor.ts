import type { Batch } from '../batch.ts';
import type { Deadline } from '../deadline.ts';
import type { Failure, WorkerShare } from './worker-limit.ts';

/**
 * Gives the workers of one batch the next message to start. All workers share one cursor: {@link laneCursor} in one thread, an
 * implementation on shared memory for several threads.
 */
export interface LaneCursor {
  /** Claims the next lane, as positions in the batch. No other worker gets that lane; `undefined` when none is left. */
  claim(): ArrayLike<number> | undefined;
  /**
   * Returns `false` after the deadline and, for a stream, for every message after one that failed. It reads the clock, so
   * call it immediately before each start.
   */
  mayStart(position: number): boolean;
  /**
   * Records that a message did not succeed: the rest of its lane, and all records after a stream's checkpoint, are not
   * started.
   */
  fail(position: number, error?: unknown): void;
  /** Returns what `fail(position)` has recorded. */
  failureOf(position: number): Failure | undefined;
}

/** Creates the cursor of a batch whose workers all run in this thread. */
export function laneCursor({ lanes, source }: Batch, deadline: Deadline): LaneCursor {
  const failed = new Map<number, Failure>();
  let claimed = 0;
  /** The first message that failed, where the source redelivers everything from there on. */
  let checkpoint = Infinity;
  return {
    claim: () => lanes[claimed++],
    mayStart: (position) => !deadline.abortIfReached() && position <= checkpoint,
    fail(position, error) {
      failed.set(position, { error });
      if (source.checkpoint) checkpoint = Math.min(checkpoint, position);
    },
    failureOf: (position) => failed.get(position),
  };
}

/**
 * Yields the messages that one worker has to process, one after another, by their positions in the batch: lane by lane,
 * and in a lane until a message fails or may not be started any more. If the worker has to wait for a place among the
 * messages in flight, it yields a promise: await it, and continue.
 *
 * The worker finishes each message, and calls `cursor.fail(position)` if it did not succeed, before it takes the next.
 *
 * @example
 * for (const position of claimWithin(cursor, share)) {
 *   if (typeof position !== 'number') {
 *     await position;
 *     continue;
 *   }
 *   try {
 *     await perform(work, messages[position], context);
 *   } catch (error) {
 *     cursor.fail(position, error);
 *   }
 * }
 * share.end();
 *
 * @param share the part of the batch in the `WorkerLimit` of the technique
 */
export function* claimWithin(
  cursor: LaneCursor,
  share: WorkerShare,
): Generator<number | Promise<void>, void, undefined> {
  let lane: ArrayLike<number> | undefined;
  // By index: an iterator per lane takes 5 % of a batch of messages that do nothing.
  let next = 0;
  let holdsPlace = false;
  for (;;) {
    if (holdsPlace && !share.keeps()) {
      share.leave();
      holdsPlace = false;
    }
    const place = holdsPlace ? undefined : share.take();
    if (place) yield place;
    holdsPlace = true;
    if (share.isClosed) break;
    if (!lane || next === lane.length) {
      lane = cursor.claim();
      next = 0;
      if (!lane) break;
    }
    const position = lane[next++];
    if (position === undefined) continue;
    if (!cursor.mayStart(position)) {
      lane = undefined;
      continue;
    }
    const ticket = share.start?.();
    yield position;
    const failure = cursor.failureOf(position);
    if (ticket) share.finish?.(ticket, failure);
    if (failure) lane = undefined;
  }
  share.leave();
}
