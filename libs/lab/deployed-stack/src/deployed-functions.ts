import { runTrials, type MeasuredFunctions } from '@parallel-lambda/measure';

import { deployedSettings } from './deployed-settings.ts';
import { findStack, findTechnique } from './deployed-stack.ts';
import { RemoteFunction } from './remote-function.ts';

/**
 * Returns the functions of a deployed stack, to be measured without a change of their configuration.
 *
 * @throws {LabError}
 */
export async function deployedFunctions(stackName: string): Promise<MeasuredFunctions> {
  const stack = await findStack(stackName);
  const { techniques, architecture } = await deployedSettings(stack);
  return {
    settings: techniques,
    open: ({ function: name }) => Promise.resolve(new RemoteFunction(findTechnique(stack, name))),
    circumstances: { runtime: 'deployed', enforced: { cpu: true, memory: true }, architecture },
    run: runTrials,
    changed: () => [],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
