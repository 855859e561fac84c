const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Waits for Ctrl-C or another signal to end; a second one ends the process at once, as if nobody had listened. */
export async function untilInterrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const onSignal = (): void => {
    resolve(undefined);
  };
  for (const signal of signals) process.on(signal, onSignal);
  await promise;
  // Not before: who else hears the signal would take itself for the only one that does, and end the process.
  for (const signal of signals) process.off(signal, onSignal);
}
