import type { Batch } from '../batch.ts';
import type { Deadline } from '../deadline.ts';

/**
 * Tells the workers of one batch what to start next. All workers share one cursor: {@link laneCursor} in one thread, an
 * implementation on shared memory for several threads.
 */
export interface LaneCursor {
  /** Claims the next lane, as positions in the batch. No other worker gets that lane; `undefined` when none is left. */
  claim(): Iterable<number> | undefined;
  /**
   * Returns `false` after the deadline and, for a stream, for every message after one that failed. It reads the clock, so
   * ask it immediately before each start.
   */
  mayStart(position: number): boolean;
  /** Records that a message did not succeed: the rest of its lane and what is after a stream's checkpoint is not started. */
  fail(position: number): void;
  /** Returns `true` after `fail(position)`. */
  hasFailed(position: number): boolean;
}

/** Creates the cursor of a batch whose workers all run in this thread. */
export function laneCursor({ lanes, source }: Batch, deadline: Deadline): LaneCursor {
  const failed = new Set<number>();
  let claimed = 0;
  /** The first message that failed, where the source redelivers everything from there on. */
  let checkpoint = Infinity;
  return {
    claim: () => lanes[claimed++],
    mayStart: (position) => !deadline.abortIfReached() && position <= checkpoint,
    fail(position) {
      failed.add(position);
      if (source.checkpoint) checkpoint = Math.min(checkpoint, position);
    },
    hasFailed: (position) => failed.has(position),
  };
}

/**
 * Yields the messages that one worker has to process, one after another, by their positions in the batch: lane by lane,
 * and in a lane until a message fails or may not be started any more.
 *
 * The worker finishes each message, and calls `cursor.fail(position)` if it did not succeed, before it takes the next.
 *
 * @example
 * for (const position of claimMessages(cursor)) {
 *   try {
 *     await perform(work, messages[position], context);
 *   } catch (error) {
 *     cursor.fail(position);
 *   }
 * }
 */
export function* claimMessages(cursor: LaneCursor): Generator<number, void, undefined> {
  for (let lane = cursor.claim(); lane; lane = cursor.claim()) {
    for (const position of lane) {
      if (!cursor.mayStart(position)) break;
      yield position;
      if (cursor.hasFailed(position)) break;
    }
  }
}
