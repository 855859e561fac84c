import type { ComparedFunctions } from '@parallel-lambda/measure';
import { deployedSettings } from './deployed-settings.ts';
import { findStack, findTechnique } from './deployed-stack.ts';
import { RemoteFunction } from './remote-function.ts';

/**
 * The functions of a deployed stack, as they are deployed. What they would have to be changed for is left out: their
 * starts, and the timelines, which they log only when a variable says so.
 *
 * @throws {RemoteError}
 */
export async function deployedFunctions(stackName: string): Promise<ComparedFunctions> {
  const stack = await findStack(stackName);
  const { techniques, architecture } = await deployedSettings(stack);
  return {
    techniques,
    open: ({ function: name }) => Promise.resolve(new RemoteFunction(findTechnique(stack, name))),
    circumstances: { runtime: 'deployed', enforced: { cpu: true, memory: true }, architecture },
    asDeployed: true,
    recordTimelines: () => Promise.resolve([]),
  };
}
