import { onTestFinished } from 'vitest';

import { makeTrial, type Trial } from './trial.ts';

/** Makes a technique for one test; what {@link makeTrial} takes and gives, undone when the test ends. */
export function setUp(...options: Parameters<typeof makeTrial>): Trial {
  const trial = makeTrial(...options);
  onTestFinished(() => trial[Symbol.asyncDispose]());
  return trial;
}
