import { beforeAll } from 'vitest';

import { makeTrial, type Trial } from './trial.ts';

/**
 * Makes one technique for all tests of a `describe` that need no fresh one, since threads take their time to start.
 *
 * @returns the trial, to be asked for inside a test
 */
export function setUpForAll(...options: Parameters<typeof makeTrial>): () => Trial {
  let trial: Trial | undefined;
  beforeAll(() => {
    const made = makeTrial(...options);
    trial = made;
    return () => made[Symbol.asyncDispose]();
  });
  return () => {
    if (!trial) throw new Error('The trial is made before the tests, not while they are declared');
    return trial;
  };
}
