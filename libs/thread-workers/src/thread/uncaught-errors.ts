import { AsyncLocalStorage } from 'node:async_hooks';

/** The message that code belongs to, however late it runs. */
export interface MessageOwner {
  /** Fails the message, even if it has already succeeded. */
  readonly fail: (error: unknown) => void;
}

const owners = new AsyncLocalStorage<MessageOwner>();

/**
 * Assigns uncaught errors in this asynchronous context to a message from now on: also those of what it starts and does not
 * await.
 */
export function ownErrors(owner: MessageOwner): void {
  owners.enterWith(owner);
}

/**
 * Fails the message that an uncaught error belongs to, such as a rejection after its work has settled. By default such an
 * error also ends the thread; a work module that listens for such errors itself keeps the thread.
 *
 * @param onUnowned called with an error that belongs to no message and ends the thread
 */
export function watchUncaughtErrors(onUnowned: () => void): void {
  let rethrown: unknown;
  process.on('uncaughtExceptionMonitor', (error) => {
    if (error === rethrown) return;
    const owner = owners.getStore();
    if (owner) owner.fail(error);
    else onUnowned();
  });
  process.on('unhandledRejection', (reason) => {
    const owner = owners.getStore();
    const isHandled = process.listenerCount('unhandledRejection') > 1;
    if (owner) owner.fail(reason);
    else if (!isHandled) onUnowned();
    if (isHandled) return;
    // Without other listeners Node.js would have thrown it. The context of the message is lost then.
    rethrown = reason;
    throw reason;
  });
}
