import type { BatchMessage } from '../message.ts';
import { succeeded } from '../outcome.ts';
import type { Work, WorkContext } from '../work.ts';
import { checkReturned } from './check-returned.ts';
import { isolation, type Isolation } from './isolation.ts';
import { messageChannel, traced } from './message-trace.ts';
import { outcomeOfError } from './outcome-of-error.ts';

/**
 * Calls the work with a message. The work runs in a separate asynchronous context: a store that it enters with
 * `AsyncLocalStorage.enterWith` reaches neither the caller nor the next message. Await the result in a `try` block.
 *
 * It publishes the events of the message on the channel `parallel-lambda:message`, if it has a subscriber.
 *
 * @param isolated runs the messages of a batch; create it once per batch
 * @returns a promise that is fulfilled when the message was processed; `undefined` when it was processed immediately
 * @throws {WorkNotRunError} or rejects with it, when the work returned a value that still has to be run, such as an Effect
 * or a generator
 * @throws or rejects with the error of the work
 */
export function perform(
  work: Work,
  message: BatchMessage,
  context: WorkContext,
  isolated?: Isolation,
): Promise<void> | undefined {
  return messageChannel.hasSubscribers
    ? performTraced(work, message, context)
    : performUntraced(work, message, context, isolated);
}

async function performTraced(work: Work, message: BatchMessage, context: WorkContext): Promise<void> {
  let thrown: { readonly error: unknown } | undefined;
  await traced(message, context, async () => {
    try {
      // Not the isolation of the batch: a subscriber may have entered a context for this message.
      await performUntraced(work, message, context);
      return succeeded;
    } catch (error) {
      thrown = { error };
      return outcomeOfError(error, context.signal);
    }
  });
  if (thrown) throw thrown.error;
}

function performUntraced(
  work: Work,
  message: BatchMessage,
  context: WorkContext,
  isolated: Isolation = isolation(),
): Promise<void> | undefined {
  const returned: unknown = isolated.runInAsyncScope(work, undefined, message, context);
  // No async function: its additional promise takes 2 % of a batch whose messages wait 1 ms.
  if (Object(returned) !== returned) return undefined;
  return Promise.resolve(returned).then(checkReturned);
}
