import { type FunctionDefinition, LabError } from '@parallel-lambda/local-lambda';

import type { ResolvedTemplate } from '../stack/resolve-templates.ts';
import { readFunction, type SkippedFunction } from './read-function.ts';
import { layerFolders, type GivenLayers } from './read-layers.ts';

/** Functions of a synthesized CDK app that can run on this machine. */
export interface Assembly {
  /** Absolute. */
  readonly folder: string;
  /** Functions in the order of the template, with unique names. */
  readonly functions: readonly FunctionDefinition[];
  /** The template's other functions, and why they cannot be run. */
  readonly skipped: readonly SkippedFunction[];
}

/**
 * Reads the functions of templates.
 *
 * @param given folders and zip files of layers, by name or ARN
 */
export function functionsOf(
  templates: readonly ResolvedTemplate[],
  given?: GivenLayers,
): Omit<Assembly, 'folder'> {
  const functions: FunctionDefinition[] = [];
  const skipped: SkippedFunction[] = [];
  const layers = layerFolders(templates, given);
  for (const { resources, folder } of templates) {
    for (const resource of resources) {
      if (resource.type !== 'AWS::Lambda::Function') continue;
      const definition = readFunction(resource, folder, layers);
      if ('reason' in definition) skipped.push(definition);
      else functions.push(definition);
    }
  }
  return { functions, skipped };
}

/**
 * Finds a function.
 *
 * @param name its name, logical id or construct path
 * @throws {LabError} `usage`, which names those there are
 */
export function findFunction(assembly: Assembly, name: string): FunctionDefinition {
  const { functions } = assembly;
  const found =
    functions.find((candidate) => candidate.name === name) ??
    functions.find(({ logicalId, constructPath }) => [logicalId, constructPath].includes(name));
  if (found) return found;
  const skipped = assembly.skipped.find((candidate) => candidate.name === name);
  if (skipped) throw new LabError('usage', `${name} cannot run here: ${skipped.reason}`);
  const known = assembly.functions.map((candidate) => candidate.name).join(', ') || 'none';
  throw new LabError('usage', `Cannot find the function "${name}". Available functions: ${known}`);
}
