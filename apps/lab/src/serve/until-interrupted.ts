import { once } from 'node:events';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Waits for Ctrl-C or another signal to end; a second one ends the process at once, as if nobody had listened. */
export async function untilInterrupted(): Promise<void> {
  const ending = new AbortController();
  await Promise.race(signals.map((signal) => once(process, signal, { signal: ending.signal })));
  ending.abort();
}
