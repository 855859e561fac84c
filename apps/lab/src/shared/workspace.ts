import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';
import {
  checkAssembly,
  findInput,
  readStacks,
  type StackInputs,
  type StacksOfAssembly,
} from '@parallel-lambda/local-stack';

import { warn } from './terminal.ts';

/** The folder of this workspace. */
const root = path.resolve(import.meta.dirname, '../../../..');

/** True if this is a source of the workspace, and not of the installed package. */
const inWorkspace = import.meta.dirname === path.join(root, 'apps/lab/src/shared');

/** Measurements of the example functions; the installed package has none. */
export const storedMeasurements = inWorkspace
  ? path.relative('', path.join(root, 'docs/measurements/compare.json'))
  : undefined;

/**
 * Reads the stack of the example functions, which `compare` and `tune` measure without other functions.
 *
 * @throws {LabError} `usage`, if this is the installed package
 */
export async function openExamples(): Promise<StacksOfAssembly> {
  if (inWorkspace) return openStacks();
  throw new LabError(
    'usage',
    'The example functions are in the repository of Parallel Lambda only. To measure your function, use tune --function FOLDER.',
  );
}

/**
 * Reads the stacks of an assembly, of a SAM build or of a template.
 *
 * @param assembly its path. @default what is found in the current folder; in the workspace its own assembly, which Nx builds
 * before its targets run
 * @throws {LabError} if it cannot be read, or the workspace's is missing or older than its sources
 */
export async function openStacks({
  assembly,
  ...inputs
}: StackInputs & { readonly assembly?: string | undefined } = {}): Promise<StacksOfAssembly> {
  if (assembly !== undefined) return readStacks(assembly, inputs);
  if (inWorkspace) {
    await checkAssembly(root);
    return readStacks(path.join(root, 'infra/cdk.out'), inputs);
  }
  const input = findInput(process.cwd());
  warn(`Using ${path.relative(process.cwd(), input)}. To use another, pass --assembly PATH.`);
  return readStacks(input, inputs);
}
