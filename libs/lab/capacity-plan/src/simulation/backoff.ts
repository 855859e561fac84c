/** Delays of failed messages that double with each receive, as `sqsRedelivery` sets them. */
export interface Backoff {
  /** After the first receive, in seconds. */
  readonly firstSeconds: number;
  readonly maxSeconds: number;
}

/** The parts into which the messages of a second are divided, because their delays are random. */
const parts = 8;

/** Returns the longest delay of a message, in seconds; a delay is between half of it and all of it. */
export function longestDelay({ firstSeconds, maxSeconds }: Backoff, receives: number): number {
  return Math.min(firstSeconds * 2 ** (receives - 1), maxSeconds);
}

/** Returns delays in whole seconds, each of as many messages. */
export function delaysOf(backoff: Backoff, receives: number): readonly number[] {
  const longest = longestDelay(backoff, receives);
  return Array.from({ length: parts }, (_, part) => Math.ceil((longest * (1 + (part + 0.5) / parts)) / 2));
}
