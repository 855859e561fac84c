import { onTestFinished } from 'vitest';

/**
 * Replaces all listeners for unhandled rejections, because the test runner's own listener would fail the run.
 *
 * @param listener called with each rejection and the listeners that it replaces
 * @returns dispose of it to restore the listeners
 */
export function interceptUnhandledRejections(
  listener: (
    reason: unknown,
    promise: Promise<unknown>,
    others: readonly NodeJS.UnhandledRejectionListener[],
  ) => void,
): Disposable {
  const others = process.listeners('unhandledRejection');
  const intercept = (reason: unknown, promise: Promise<unknown>): void => {
    listener(reason, promise, others);
  };
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', intercept);
  return {
    [Symbol.dispose]: () => {
      process.off('unhandledRejection', intercept);
      for (const other of others) process.on('unhandledRejection', other);
    },
  };
}

/** Collects the reasons of unhandled rejections until the test ends. */
export function collectUnhandledRejections(): readonly unknown[] {
  const reasons: unknown[] = [];
  const interception = interceptUnhandledRejections((reason) => reasons.push(reason));
  onTestFinished(() => {
    interception[Symbol.dispose]();
  });
  return reasons;
}
