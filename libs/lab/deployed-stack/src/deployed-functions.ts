import { runTrials, type MeasuredFunctions } from '@parallel-lambda/measure';

import { DeployedFunction } from './deployed-function.ts';
import { settingsOf } from './function-settings.ts';
import { findFunction, findStack } from './stack.ts';

/** Deployed functions have the full resources of their memory size. */
export const deployedCircumstances = {
  runtime: 'deployed',
  enforced: { cpu: true, memory: true },
} as const;

/**
 * Returns the functions of a deployed stack, to be measured with their own configuration.
 *
 * @throws {LabError} if the stack is not deployed, or the settings of its functions differ
 */
export async function deployedFunctions(stackName: string): Promise<MeasuredFunctions> {
  const stack = await findStack(stackName);
  const { settings, architecture } = await settingsOf(stack.functions, true);
  return {
    settings,
    open: ({ function: name }) => Promise.resolve(new DeployedFunction(findFunction(stack, name))),
    circumstances: { ...deployedCircumstances, architecture },
    run: runTrials,
    changed: () => [],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
