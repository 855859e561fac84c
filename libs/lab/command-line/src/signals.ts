const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function on(events: readonly string[], listener: (event: unknown) => void): Disposable {
  for (const event of events) process.on(event, listener);
  return {
    [Symbol.dispose]() {
      for (const event of events) process.off(event, listener);
    },
  };
}

/** Waits for Ctrl-C or another signal to end. A second signal ends the process immediately. */
export async function untilInterrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const listening = on(endSignals, resolve);
  await promise;
  listening[Symbol.dispose]();
}

/** Reports unhandled exceptions and rejections instead of ending the process: a server contains the queues of its user. */
export function surviveFaults(onFault: (error: unknown) => void): Disposable {
  return on(['uncaughtException', 'unhandledRejection'], onFault);
}

/** Listens for signals to end until it is disposed of. */
export interface Interruption extends Disposable {
  /** Rejects at the first signal. */
  readonly promise: Promise<never>;
}

/**
 * Listens for signals to end.
 *
 * @param onFirst called at the first signal; the promise rejects with the error that it returns
 * @param onSecond called at the next signal, before the process ends with exit code 1
 */
export function interruption(onFirst: () => Error, onSecond: () => void): Interruption {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  let interrupted = false;
  const listening = on(endSignals, () => {
    if (interrupted) {
      onSecond();
      process.exit(1);
    }
    interrupted = true;
    reject(onFirst());
  });
  return {
    promise,
    [Symbol.dispose]: () => {
      listening[Symbol.dispose]();
    },
  };
}
