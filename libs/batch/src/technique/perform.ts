import { AsyncResource } from 'node:async_hooks';

import type { BatchMessage } from '../message.ts';
import type { Work, WorkContext } from '../work.ts';
import { checkReturned } from './check-returned.ts';

/**
 * Calls the work with a message. The work runs in a separate asynchronous context: a store that it enters with
 * `AsyncLocalStorage.enterWith` reaches neither the caller nor the next message. Await the result in a `try` block.
 *
 * @returns a promise that is fulfilled when the message was processed; `undefined` when it was processed at once
 * @throws {WorkNotRunError} or rejects with it, when the work returned a value that still has to be run, such as an
 * Effect or a generator
 * @throws or rejects with whatever the work throws
 */
export function perform(work: Work, message: BatchMessage, context: WorkContext): Promise<void> | undefined {
  const returned: unknown = isolated(() => work(message, context));
  // No async function: its additional promise takes 2 % of a batch whose messages wait 1 ms.
  if ((typeof returned !== 'object' && typeof returned !== 'function') || returned === null) return undefined;
  return Promise.resolve(returned).then(checkReturned);
}

/**
 * Calls a function in a separate asynchronous context, which starts as a copy of the current one: no store that the
 * function enters leaks to the caller. For a technique that runs what the work returns; others call {@link perform}.
 */
export function isolated<Result>(call: () => Result): Result {
  // A resource per call. A snapshot that is run several times would keep the stores of one call for the next in Node.js 22.
  return new AsyncResource('parallel-lambda:message').runInAsyncScope(call);
}
