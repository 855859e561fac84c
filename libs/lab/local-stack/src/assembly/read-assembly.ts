import path from 'node:path';

import { type FunctionDefinition, isRecord, LabError } from '@parallel-lambda/local-lambda';
import { readFunction, type SkippedFunction } from './read-function.ts';
import { readTemplates, type Template } from '../template/read-templates.ts';

/** What of a synthesized CDK app can be run on this machine. */
export interface Assembly {
  /** Absolute. */
  readonly folder: string;
  /** In the order of the template; their names are unique. */
  readonly functions: readonly FunctionDefinition[];
  /** The template's other functions, and why they cannot be run. */
  readonly skipped: readonly SkippedFunction[];
}

/**
 * Reads the functions of a CDK assembly, a SAM build or a template.
 *
 * @param folder where `cdk synth` or `sam build` wrote it, such as `infra/cdk.out`, or a template file
 * @param parameters values of the template's parameters, by name. @default their defaults
 * @throws {LabError} `failure`, when it is not there or cannot be read
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies
 */
export async function readAssembly(
  folder: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Assembly> {
  const absolute = path.resolve(folder);
  return assemblyOf(absolute, await readTemplates(absolute, parameters));
}

/** Reads the functions of templates that were read from an assembly. */
export function assemblyOf(folder: string, templates: readonly Template[]): Assembly {
  const functions: FunctionDefinition[] = [];
  const skipped: SkippedFunction[] = [];
  for (const { content, folder: assets } of templates) {
    for (const [logicalId, resource] of Object.entries(content.Resources ?? {})) {
      if (!isRecord(resource) || resource.Type !== 'AWS::Lambda::Function') continue;
      const definition = readFunction(logicalId, resource, assets);
      if ('reason' in definition) skipped.push(definition);
      else functions.push(definition);
    }
  }
  return { folder, functions: functions.map(withUniqueName), skipped };
}

/**
 * @param name as in {@link FunctionDefinition.name}
 * @throws {LabError} `usage`, which names those there are
 */
export function findFunction(assembly: Assembly, name: string): FunctionDefinition {
  const found = assembly.functions.find((candidate) => candidate.name === name);
  if (found) return found;
  const skipped = assembly.skipped.find((candidate) => candidate.name === name);
  if (skipped) throw new LabError('usage', `${name} cannot run here: ${skipped.reason}`);
  const known = assembly.functions.map((candidate) => candidate.name).join(', ') || 'none';
  throw new LabError('usage', `There is no function "${name}"; there is: ${known}`);
}

/** Where a construct holds several functions, its name alone tells none of them: their logical ids do. */
function withUniqueName(
  definition: FunctionDefinition,
  _: number,
  all: readonly FunctionDefinition[],
): FunctionDefinition {
  const unique = all.filter(({ name }) => name === definition.name).length === 1;
  return unique ? definition : { ...definition, name: definition.logicalId };
}
