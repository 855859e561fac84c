/**
 * The times of a simulated function, in virtual milliseconds. They are far apart, so that threads, which live in real
 * time, get some of it between one moment and the next.
 */

/** Lambda's timeout. */
export const timeoutMs = 100_000;

/** How long before the timeout the deadline is: at most half of the timeout. */
export const marginMs = 50_000;

/** How long running work may take to settle after the deadline. */
export const graceMs = 10_000;

/** When the deadline is, from the start of the invocation. */
export const deadlineMs = timeoutMs - marginMs;
