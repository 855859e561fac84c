import { statSync } from 'node:fs';

import {
  describeFolder,
  LabError,
  type FolderOptions,
  type FunctionDefinition,
} from '@parallel-lambda/local-lambda';

import type { StackInputs } from '../stack/read-stacks.ts';
import { findFunction, type Assembly } from './read-assembly.ts';
import { givenFolders } from './read-layers.ts';

/**
 * Finds a function that the command line names.
 *
 * @param name path of a folder, or the name of a function of a stack
 * @param options `handler` belongs to a folder, which gets every layer
 * @param openStacks reads the stacks, if the name is not a path
 * @throws {LabError} `usage`, if there is no such function, or the name and `handler` contradict each other
 */
export async function findDefinition(
  name: string,
  options: FolderOptions & Pick<StackInputs, 'layer'>,
  openStacks: () => Promise<{ readonly assembly: Assembly }>,
): Promise<FunctionDefinition> {
  if (name.includes('/') || name === '.') {
    return describeFolder(name, { ...options, layers: givenFolders(options.layer) });
  }
  const isFolder = statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
  const toRunFolder = `To run the folder, pass ./${name}`;
  if (options.handler !== undefined) {
    const isName = `--handler needs a folder, and ${name} is the name of a function of the stack.`;
    throw new LabError('usage', `${isName} ${isFolder ? toRunFolder : 'Remove it.'}`);
  }
  const { assembly } = await openStacks();
  const isKnown = assembly.functions.some((one) => one.name === name);
  if (isKnown || !isFolder) return findFunction(assembly, name);
  throw new LabError(
    'usage',
    `The stack has no function ${name}, but there is a folder with this name. ${toRunFolder}`,
  );
}
