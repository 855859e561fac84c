/**
 * The times of a simulated function, in virtual milliseconds. They are far apart, so that threads, which live in real
 * time, get some of it between one moment and the next.
 */

/** Lambda's timeout. */
export const timeoutMs = 100_000;

/** Time between deadline and timeout: at most half of the timeout. */
export const marginMs = 50_000;

/** Time that running work gets to settle after the deadline. */
export const graceMs = 10_000;

/** Time from the start of the invocation to the deadline. */
export const deadlineMs = timeoutMs - marginMs;
