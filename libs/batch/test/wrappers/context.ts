import { DeadlineReached, type Message, type Work, type WorkContext } from '../../src/index.ts';
import { contextOf } from '../../src/technique/index.ts';
import { batchOf } from '../batch-of.ts';

/** Returns messages with these identifiers. */
export function messagesOf<Ids extends readonly string[]>(
  ...ids: Ids
): { readonly [Position in keyof Ids]: Message } {
  return batchOf(...ids).messages as unknown as { readonly [Position in keyof Ids]: Message };
}

/**
 * Returns the context of a batch. Its deadline is reached after a time of the test's clock.
 *
 * @param ms the time in milliseconds
 */
export function contextFor(ms: number): WorkContext {
  const aborter = new AbortController();
  setTimeout(() => {
    aborter.abort(new DeadlineReached());
  }, ms);
  return contextOf({ deadlineMs: Date.now() + ms }, aborter.signal);
}

/** Calls work as a technique does. */
export async function call(work: Work, message: Message, context: WorkContext): Promise<unknown> {
  return await work(message, context);
}
