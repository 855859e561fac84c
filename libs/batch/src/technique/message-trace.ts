import { tracingChannel } from 'node:diagnostics_channel';

import type { Message } from '../message.ts';
import type { Outcome } from '../outcome.ts';
import { stopwatch } from '../stopwatch.ts';
import type { WorkContext } from '../work.ts';

/**
 * The object that the tracing channel `parallel-lambda:message` of `node:diagnostics_channel` publishes: one for all events of
 * a message. `start` and `end` surround the call of the work; `asyncStart` and `asyncEnd` follow when the message has its
 * outcome, and before them `error` if the work failed. A message whose work is abandoned has no outcome until its work settles.
 *
 * With thread workers the channel is that of the thread which processes the message. The main thread gets `asyncEnd` only, for
 * all messages at the end of their batch.
 *
 * @example
 * tracingChannel<MessageTrace, MessageTrace>('parallel-lambda:message').asyncEnd.subscribe((trace) => {
 *   const { message, outcome, durationMs } = trace as MessageTrace;
 *   console.info(message.id, outcome?.status, durationMs);
 * });
 */
export interface MessageTrace {
  /** The message that is processed. */
  readonly message: Message;
  /** The context of its work: the same object for all messages of a batch in a thread. */
  readonly context: WorkContext;
  /** From `asyncStart` on: the outcome. */
  outcome?: Outcome;
  /** From `asyncStart` on: the time from the start of the work to its end, in milliseconds. */
  durationMs?: number;
  /** The error that the work failed with. */
  error?: unknown;
  /**
   * Calls the work, and returns what the work returns. A subscriber to `start` can set it, to run the work in a separate
   * context: see `AsyncLocalStorage.run`.
   */
  around?: <Result>(work: () => Result) => Result;
}

/** The channel of this thread. */
export const messageChannel = /* @__PURE__ */ tracingChannel<MessageTrace, MessageTrace>(
  'parallel-lambda:message',
);

/**
 * Processes a message, and publishes its events.
 *
 * @param process returns the outcome; it neither throws nor rejects
 */
export function traced(
  message: Message,
  context: WorkContext,
  process: () => Promise<Outcome>,
): Promise<Outcome> {
  const trace: MessageTrace = { message, context };
  const durationMs = stopwatch();
  return messageChannel.start.runStores(trace, async () => {
    const ending = trace.around ? trace.around(process) : process();
    messageChannel.end.publish(trace);
    const outcome = await ending;
    trace.durationMs = durationMs();
    trace.outcome = outcome;
    if ('error' in outcome) {
      trace.error = outcome.error;
      messageChannel.error.publish(trace);
    }
    messageChannel.asyncStart.publish(trace);
    messageChannel.asyncEnd.publish(trace);
    return outcome;
  });
}
