import path from 'node:path';

import {
  checkAssembly,
  readStacks,
  type Assembly,
  type StacksOfAssembly,
} from '@parallel-lambda/local-stack';

/** The folder of this workspace. */
export const root = path.resolve(import.meta.dirname, '../../../..');

/**
 * Reads the stacks of an assembly, of a SAM build or of a template.
 *
 * @param folder its path. @default the assembly of this workspace, which Nx builds before its targets run
 * @throws {LabError} if it cannot be read, or the workspace's is missing or older than its sources
 */
export async function openStacks(
  folder?: string,
  parameters?: Readonly<Record<string, string>>,
): Promise<StacksOfAssembly> {
  if (folder === undefined) await checkAssembly(root);
  return readStacks(folder ?? path.join(root, 'infra/cdk.out'), parameters);
}

/** Reads the functions of the assembly of this workspace. */
export async function openAssembly(): Promise<Assembly> {
  return (await openStacks()).assembly;
}
