import type { Deadline } from './deadline.ts';
import { nameOf } from './loggable-error.ts';
import { log, type Logger } from './logger.ts';
import type { Message } from './message.ts';
import type { Outcome } from './outcome.ts';
import type { Fate } from './redelivery.ts';
import type { WorkContext } from './work.ts';

/** The result of a batch, for `onBatchEnd`. */
export interface BatchEnd {
  /** The messages, in the order of the batch. */
  readonly messages: readonly Message[];
  /** One per message, in the same order. */
  readonly outcomes: readonly Outcome[];
  /**
   * Result of `redelivery` for each message, in the same order: `'parked'`, `'delayed'`, or `undefined` for a message that
   * succeeded or is an ordinary failure. Empty without the option `redelivery`, and when every message succeeded.
   */
  readonly fates: readonly (Fate | undefined)[];
  /** The time that the technique took, in milliseconds. */
  readonly durationMs: number;
  /** The context that the work of every message got. */
  readonly context: WorkContext;
}

/** Called after a batch and before its response. */
export type BatchEndHook = (end: BatchEnd) => unknown;

/** Calls the hooks, and waits until all have ended or the response must be made. It never rejects. */
export async function runHooks(
  hooks: readonly BatchEndHook[],
  end: BatchEnd,
  { deadline, logger }: { readonly deadline: Deadline; readonly logger: Logger },
): Promise<void> {
  const running = hooks.map(async (hook) => {
    try {
      await hook(end);
    } catch (error) {
      log(logger, 'error', `onBatchEnd failed with ${nameOf(error)}`, error);
    }
  });
  const inTime = await Promise.race([Promise.all(running), deadline.mustRespond]);
  if (!inTime) log(logger, 'error', 'onBatchEnd did not end in time');
}
