import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

const NAME = 'parallel-lambda:message';

/** Runs functions in separate asynchronous contexts. */
export type Isolation = Pick<AsyncResource, 'runInAsyncScope'>;

/**
 * Calls a function in a separate asynchronous context, which starts as a copy of the current one: no store that the
 * function enters leaks to the caller.
 */
export function isolated<Result>(call: () => Result): Result {
  return new AsyncResource(NAME).runInAsyncScope(call);
}

/**
 * Creates a function that runs the messages of one batch, each in a separate asynchronous context, which starts as a copy
 * of the current one. No store that a message enters leaks to the caller or to the next message.
 */
export function isolation(): Isolation {
  // One resource per message takes a tenth of a batch of messages that do nothing.
  return (keepsStores ??= tryKeeping()) ? { runInAsyncScope: runInNewResource } : new AsyncResource(NAME);
}

function runInNewResource<This, Args extends unknown[], Result>(
  call: (this: This, ...args: Args) => Result,
  thisArg?: This,
  ...args: Args
): Result {
  return new AsyncResource(NAME).runInAsyncScope(call, thisArg, ...args);
}

/** True if a resource keeps a store that code has entered in it: without `AsyncContextFrame`, as in Node.js 22. */
let keepsStores: boolean | undefined;

function tryKeeping(): boolean {
  const storage = new AsyncLocalStorage<boolean>();
  const resource = new AsyncResource(NAME);
  resource.runInAsyncScope(() => {
    storage.enterWith(true);
  });
  const kept = resource.runInAsyncScope(() => storage.getStore() === true);
  storage.disable();
  return kept;
}
