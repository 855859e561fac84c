import { exitCode } from '../shared/exit-code.ts';
import { LabError } from '@parallel-lambda/local-lambda';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What Ctrl-C or another signal ends in good order, while this is there. */
export interface Interruption extends Disposable {
  /** Rejects at the first signal. */
  readonly promise: Promise<never>;
}

/**
 * Listens for signals.
 *
 * @param atOnce says what is to be known when a second one ends the process in whatever state it is
 */
export function interruption(atOnce: () => readonly string[]): Interruption {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  let before = false;
  const onSignal = (): void => {
    if (before) {
      for (const sentence of atOnce()) console.error(`lab: ${sentence}`);
      process.exit(exitCode.failure);
    }
    before = true;
    console.error('lab: giving the functions their configuration back; once more leaves them as they are');
    const kept = 'what the stages before have measured is kept, and --resume goes on with it';
    reject(new LabError('failure', `Interrupted: ${kept}`));
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    promise,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
