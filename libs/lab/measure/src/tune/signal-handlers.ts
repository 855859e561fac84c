import { LabError } from '@parallel-lambda/local-lambda';

import type { MeasuredFunctions } from '../measured-functions.ts';

/**
 * Returns what to do at a signal to end while deployed functions are tuned: the first one restores their configuration, the
 * second one reports the configurations that stay changed.
 *
 * @param warn prints a sentence
 */
export function signalHandlers(
  functions: MeasuredFunctions,
  warn: (sentence: string) => void,
): readonly [onFirst: () => Error, onSecond: () => void] {
  return [
    () => {
      warn(
        'restoring the configuration of the functions. Interrupt again to keep the changed configuration.',
      );
      return new LabError('failure', 'Interrupted. The finished stages are stored: --resume continues.');
    },
    () => {
      functions.changed().forEach(warn);
    },
  ];
}
