import { LabError } from '@parallel-lambda/local-lambda';
import { findFunction, type Assembly, type StacksOfAssembly } from '@parallel-lambda/local-stack';

import { folderAsAssembly, type PresentSetting } from '../local-functions.ts';

/** Options that name the functions to tune. */
export interface TunedOptions {
  /** Folder of a built function, or its name in `assembly`. @default all functions of the assembly that is found */
  readonly function?: string | undefined;
  /** Path of a CDK assembly, a SAM build or a template. @default `function` is a folder */
  readonly assembly?: string | undefined;
  /** Values of the parameters of the template. */
  readonly parameter?: Readonly<Record<string, string>> | undefined;
  /** File and export of the handler in a folder. */
  readonly handler?: string | undefined;
  /** @default the setting of the template */
  readonly present?: PresentSetting | undefined;
}

/** Functions to tune, and the setting that each has now. */
export interface Tuned {
  readonly assembly: Assembly;
  /** Settings by the name of the function. */
  readonly present: ReadonlyMap<string, PresentSetting>;
}

/**
 * Opens the functions that the options name.
 *
 * @param openStacks reads the stacks of an assembly
 * @throws {LabError} `usage`, if there is no such function
 */
export async function openTuned(
  options: TunedOptions,
  openStacks: (input: string | undefined, parameters: TunedOptions['parameter']) => Promise<StacksOfAssembly>,
): Promise<Tuned> {
  const { function: name, assembly: input, parameter, handler, present } = options;
  if (name !== undefined && input === undefined) {
    const assembly = folderAsAssembly(name, handler);
    const [definition] = assembly.functions;
    return { assembly, present: new Map(present && definition ? [[definition.name, present]] : []) };
  }
  if (name === undefined && input !== undefined) {
    throw new LabError('usage', '--assembly needs a function to tune. Add --function NAME.');
  }
  const stacks = await openStacks(input, parameter);
  const { assembly } = stacks;
  const functions = name === undefined ? assembly.functions : [findFunction(assembly, name)];
  return {
    assembly: { ...assembly, functions },
    present: new Map(
      functions.map((definition) => [
        definition.name,
        present ?? { memory: definition.memoryMb, batch: batchSizeOf(stacks, definition.name) },
      ]),
    ),
  };
}

/** Returns the function of the options as a user would type it: a folder has a slash, so that it differs from a name. */
export function tunedText({ function: name, assembly }: TunedOptions): string | undefined {
  return name === undefined || assembly !== undefined || name.includes('/') ? name : `./${name}`;
}

function batchSizeOf({ stacks }: StacksOfAssembly, name: string): number | undefined {
  const mappings = stacks.flatMap((stack) => stack.mappings);
  return mappings.find(({ functionName }) => functionName === name)?.batchSize;
}
