import { beforeAll } from 'vitest';

import type { MakeTechnique } from './make-technique.ts';
import { makeTrial, type Trial } from './trial.ts';
import { turns } from './turns.ts';
import { Witness } from './witness.ts';

/**
 * Makes one technique for each number of workers that the tests of a `describe` ask for, and one witness for them all,
 * since threads take their time to start. For tests that leave no thread behind that is not as it was.
 *
 * @returns to be awaited inside a test: the trial, whose witness has seen nothing yet
 */
export function setUpShared(
  makeTechnique: MakeTechnique,
): (options: { readonly workers: number }) => Promise<Trial> {
  const trials = new Map<number, Trial>();
  let shared: Witness | undefined;
  beforeAll(() => {
    shared = new Witness();
    return async () => {
      await Promise.all([...trials.values()].map((trial) => trial[Symbol.asyncDispose]()));
    };
  });
  return async ({ workers }) => {
    if (!shared) throw new Error('The trial is made in the tests, not while they are declared');
    // What the test before has abandoned ends before it is forgotten.
    shared.openAll();
    await turns();
    await turns();
    shared.reset();
    const trial = trials.get(workers) ?? makeTrial(makeTechnique, { workers }, shared);
    trials.set(workers, trial);
    return trial;
  };
}
