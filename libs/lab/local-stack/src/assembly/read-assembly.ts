import path from 'node:path';

import { type FunctionDefinition, isRecord, LocalLambdaError } from '@parallel-lambda/local-lambda';
import { readFunction, type SkippedFunction } from './read-function.ts';
import { readTemplates } from './read-templates.ts';

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
 * Reads the functions of a CDK cloud assembly from its stacks' templates.
 *
 * @param folder where `cdk synth` wrote it, such as `infra/cdk.out`
 * @throws {LocalLambdaError} `assembly`, when it is not there or cannot be read
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies
 */
export async function readAssembly(folder: string): Promise<Assembly> {
  const absolute = path.resolve(folder);
  const functions: FunctionDefinition[] = [];
  const skipped: SkippedFunction[] = [];
  for (const { content } of await readTemplates(absolute)) {
    for (const [logicalId, resource] of Object.entries(content.Resources ?? {})) {
      if (!isRecord(resource) || resource.Type !== 'AWS::Lambda::Function') continue;
      const definition = readFunction(logicalId, resource, absolute);
      if ('reason' in definition) skipped.push(definition);
      else functions.push(definition);
    }
  }
  return { folder: absolute, functions: functions.map(withUniqueName), skipped };
}

/**
 * @param name as in {@link FunctionDefinition.name}
 * @throws {LocalLambdaError} `unknown-function`, which names those there are
 */
export function findFunction(assembly: Assembly, name: string): FunctionDefinition {
  const found = assembly.functions.find((candidate) => candidate.name === name);
  if (found) return found;
  const skipped = assembly.skipped.find((candidate) => candidate.name === name);
  if (skipped) throw new LocalLambdaError('unknown-function', `${name} cannot run here: ${skipped.reason}`);
  const known = assembly.functions.map((candidate) => candidate.name).join(', ') || 'none';
  throw new LocalLambdaError('unknown-function', `There is no function "${name}"; there is: ${known}`);
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
