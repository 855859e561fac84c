/** Why a message is `unfinished`. */
export type UnfinishedReason =
  /** It was never started: the deadline came first, or the message before it in its lane did not succeed. */
  | 'not started'
  /** Its `work` was still running when it was given up, and may run on: a promise cannot be stopped. */
  | 'abandoned'
  /** Its `work` was stopped for good: a fiber interrupted, a thread terminated or gone. */
  | 'stopped';

/** What became of a message. All but `succeeded` are delivered again. */
export type Outcome =
  | { readonly status: 'succeeded' }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'unfinished'; readonly reason: UnfinishedReason };

/** The outcome of every message of which success was proved. */
export const succeeded: Outcome = Object.freeze({ status: 'succeeded' });

/** The outcome every message begins with. */
export const notStarted: Outcome = Object.freeze({ status: 'unfinished', reason: 'not started' });

/** The outcome of a message whose `work` is running, were the response made at this moment. */
export const abandoned: Outcome = Object.freeze({ status: 'unfinished', reason: 'abandoned' });

/** The outcome of a message whose `work` was ended before it settled. */
export const stopped: Outcome = Object.freeze({ status: 'unfinished', reason: 'stopped' });
