import { AsyncResource } from 'node:async_hooks';

import type { BatchMessage } from '../message.ts';
import type { Work, WorkContext } from '../work.ts';
import { checkReturned } from './check-returned.ts';

/**
 * Calls the work with a message and waits until it has settled. The work runs in a separate asynchronous context: a store
 * that it enters with `AsyncLocalStorage.enterWith` reaches neither the caller nor the next message.
 *
 * @returns when the message was processed
 * @throws {WorkNotRunError} when the work returned a value that still has to be run, such as an Effect or a generator
 * @throws whatever the work throws
 */
export async function perform(work: Work, message: BatchMessage, context: WorkContext): Promise<void> {
  checkReturned(await isolated(() => work(message, context)));
}

/**
 * Calls a function in a separate asynchronous context, which starts as a copy of the current one: no store that the
 * function enters leaks to the caller. For a technique that runs what the work returns; others call {@link perform}.
 */
export function isolated<Result>(call: () => Result): Result {
  // A resource per call. A snapshot that is run several times would keep the stores of one call for the next in Node.js 22.
  return new AsyncResource('parallel-lambda:message').runInAsyncScope(call);
}
