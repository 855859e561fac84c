import { setImmediate as turn } from 'node:timers/promises';

import type { Outcome } from '@parallel-lambda/batch';
import { type Mock, onTestFinished, vi } from 'vitest';

/** Returns an array of `count` times the same value. */
export function times<T>(count: number, value: T): readonly T[] {
  return Array.from({ length: count }, () => value);
}

/** Returns the status of each outcome. */
export function statuses(outcomes: readonly Outcome[]): readonly Outcome['status'][] {
  return outcomes.map(({ status }) => status);
}

/**
 * Runs the event loop for 20 turns. Use it to prove that something does *not* happen; wait for an expected event with
 * the recorder.
 */
export async function turns(): Promise<void> {
  for (let left = 20; left > 0; left -= 1) await turn();
}

/** Returns whether a promise settles within the next turns of the event loop. */
export async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  promise.then(settle, settle);
  await turns();
  return settled;
}

/** Freezes a value and everything it refers to, so that changing it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** Replaces `console.error` until the test ends, so that expected failures do not fill the test's output. */
export function muteErrors(): Mock<typeof console.error> {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => {
    log.mockRestore();
  });
  return log;
}
