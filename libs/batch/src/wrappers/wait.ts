/**
 * Waits. It does not use `node:timers/promises`, because virtual clocks of tests do not replace those timers.
 *
 * @param ms the time, in milliseconds
 * @param signal ends the wait
 * @returns fulfilled after the time, or as soon as the signal is aborted
 */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
