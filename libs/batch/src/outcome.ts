/** Reasons for `unfinished`. */
export type UnfinishedReason =
  /** It was never started: the deadline came first, or the message before it in its lane did not succeed. */
  | 'not started'
  /** It was never started, because all messages before it failed: `adaptive` workers save it from a service that is down. */
  | 'held back'
  /** Its `work` was still running when the batch had to be answered, and may continue: a promise cannot be stopped. */
  | 'abandoned'
  /** Its `work` has ended without success, because of the deadline or of its thread: it rejected after the signal was aborted,
   * its fiber was interrupted, its thread was terminated or has exited. */
  | 'interrupted';

/** The outcome of a message. All but `succeeded` are redelivered. */
export type Outcome =
  | { readonly status: 'succeeded' }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'unfinished'; readonly reason: UnfinishedReason };

/** The outcome of a message whose success is proven. */
export const succeeded: Outcome = /* @__PURE__ */ Object.freeze({ status: 'succeeded' });

/** The outcome that every message starts with. */
export const notStarted: Outcome = /* @__PURE__ */ unfinished('not started');

/** The outcome of a message that `adaptive` workers have held back, because everything failed. */
export const heldBack: Outcome = /* @__PURE__ */ unfinished('held back');

/** The outcome of a message whose `work` is running, if the response were made at this moment. */
export const abandoned: Outcome = /* @__PURE__ */ unfinished('abandoned');

/** The outcome of a message whose `work` was ended by the deadline or with its thread. */
export const interrupted: Outcome = /* @__PURE__ */ unfinished('interrupted');

function unfinished(reason: UnfinishedReason): Outcome {
  return Object.freeze({ status: 'unfinished', reason });
}
