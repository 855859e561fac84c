import path from 'node:path';

import { checkAssembly, findInput, readStacks, type StacksOfAssembly } from '@parallel-lambda/local-stack';

import { warn } from './terminal.ts';

/** The folder of this workspace. */
export const root = path.resolve(import.meta.dirname, '../../../..');

/** True if this is a source of the workspace, and not of the installed package. */
const inWorkspace = import.meta.dirname === path.join(root, 'apps/lab/src/shared');

/**
 * Reads the stacks of an assembly, of a SAM build or of a template.
 *
 * @param folder its path. @default what is found in the current folder; in the workspace its own assembly, which Nx builds
 * before its targets run
 * @throws {LabError} if it cannot be read, or the workspace's is missing or older than its sources
 */
export async function openStacks(
  folder?: string,
  parameters?: Readonly<Record<string, string>>,
): Promise<StacksOfAssembly> {
  if (folder !== undefined) return readStacks(folder, parameters);
  if (inWorkspace) {
    await checkAssembly(root);
    return readStacks(path.join(root, 'infra/cdk.out'), parameters);
  }
  const input = findInput(process.cwd());
  warn(`Using ${path.relative(process.cwd(), input)}. To use another, pass --assembly PATH.`);
  return readStacks(input, parameters);
}
