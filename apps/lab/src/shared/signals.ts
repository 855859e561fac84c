import { LabError } from '@parallel-lambda/local-lambda';

import { exitCode } from './exit-code.ts';
import { warn } from './terminal.ts';

const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function on(events: readonly string[], listener: (event: unknown) => void): Disposable {
  for (const event of events) process.on(event, listener);
  return {
    [Symbol.dispose]() {
      for (const event of events) process.off(event, listener);
    },
  };
}

/** Waits for Ctrl-C or another signal to end. A second signal ends the process at once. */
export async function untilInterrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const listening = on(endSignals, resolve);
  await promise;
  listening[Symbol.dispose]();
}

/** Reports unhandled exceptions and rejections instead of ending the process: a server holds the queues of its user. */
export function surviveFaults(onFault: (error: unknown) => void): Disposable {
  return on(['uncaughtException', 'unhandledRejection'], onFault);
}

/** The first signal to end, while it is listened for. */
export interface Interruption extends Disposable {
  /** Rejects at the first signal. */
  readonly promise: Promise<never>;
}

/**
 * Listens for signals to end.
 *
 * @param changed describes what a second signal, which ends the process at once, leaves changed
 */
export function interruption(changed: () => readonly string[]): Interruption {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  let interrupted = false;
  const listening = on(endSignals, () => {
    if (interrupted) {
      changed().forEach(warn);
      process.exit(exitCode.failure);
    }
    interrupted = true;
    warn('restoring the configuration of the functions. Interrupt again to leave it changed.');
    reject(
      new LabError('failure', 'Interrupted. The finished stages are stored: --resume continues with them.'),
    );
  });
  return {
    promise,
    [Symbol.dispose]: () => {
      listening[Symbol.dispose]();
    },
  };
}
