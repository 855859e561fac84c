import { InvalidOptionError, type Message } from '@parallel-lambda/batch';
import { describe } from '@parallel-lambda/batch/technique';

/** Delays of messages that grow with the number of their deliveries. */
export interface Backoff {
  /** The delay after the first delivery, in seconds, above 0. Each further delivery doubles it. */
  readonly firstSeconds: number;
  /**
   * The longest delay, in seconds, at most 43,200 (12 hours).
   * @default 900
   */
  readonly maxSeconds?: number;
}

const DEFAULT_MAX_SECONDS = 900;
/** The longest visibility timeout, from receipt: 12 hours. */
export const MAX_DELAY_SECONDS = 43_200;

/**
 * Checks an option of this type.
 *
 * @throws {InvalidOptionError} when a number is out of range
 */
export function checkBackoff(
  name: string,
  { firstSeconds, maxSeconds = DEFAULT_MAX_SECONDS }: Backoff,
): void {
  if (firstSeconds > 0 && firstSeconds <= maxSeconds && maxSeconds <= MAX_DELAY_SECONDS) return;
  throw new InvalidOptionError(
    `${name} must have firstSeconds above 0, and maxSeconds from firstSeconds to ${MAX_DELAY_SECONDS}, ` +
      `not ${describe({ firstSeconds, maxSeconds })}`,
  );
}

/**
 * Returns the delay of a message in seconds: between half of the delay and all of it at random, so that messages that
 * failed together are not retried together.
 */
export function backoffSeconds(
  { firstSeconds, maxSeconds = DEFAULT_MAX_SECONDS }: Backoff,
  { receiveCount = 1 }: Pick<Message, 'receiveCount'>,
): number {
  const seconds = Math.min(firstSeconds * 2 ** (receiveCount - 1), maxSeconds);
  return (seconds * (1 + Math.random())) / 2;
}
