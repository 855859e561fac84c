import {
  describeFolder,
  type FunctionDefinition,
  type InvocableFunction,
  type Limit,
  LocalFunction,
  localFunctionOptions,
  LabError,
} from '@parallel-lambda/local-lambda';
import { findFunction } from '@parallel-lambda/local-stack';

import { openAssembly } from '../shared/workspace.ts';
import type { InvokeOptions } from './command.ts';

/**
 * Opens a function where the options say: on this machine, with its settings overridden, or as it is deployed.
 *
 * @param name of the technique, or the folder of a built function
 * @throws {LabError} when it cannot run here
 * @throws {LabError} when it is not deployed
 */
export async function openFunction(name: string, options: InvokeOptions): Promise<InvocableFunction> {
  if (options.remote) {
    // Not loaded before: the SDK takes longer to load than a function to run.
    const { openRemoteFunction } = await import('@parallel-lambda/deployed-stack');
    return openRemoteFunction(options.stack, name);
  }
  const definition = await definitionOf(name, options);
  const local = new LocalFunction(definition, localFunctionOptions(options));
  for (const note of definition.notes) console.error(`lab: ${note}`);
  if (!local.tmp.own) console.error(`lab: the path /tmp is this machine's: ${local.tmp.how}`);
  if (options.strict) console.error('lab: strict mode injects a module: INIT and invocations take longer');
  if (options.limits) {
    for (const [what, { enforced, how }] of Object.entries(local.limits) as [string, Limit][]) {
      console.error(`lab: ${what} ${enforced ? `limited to ${how}` : `not limited: ${how}`}`);
    }
  }
  return local;
}

/** A name of the stack has no slash. */
async function definitionOf(name: string, options: InvokeOptions): Promise<FunctionDefinition> {
  if (name.includes('/') || name === '.') return describeFolder(name, options);
  if (options.handler === undefined) return findFunction(await openAssembly(), name);
  throw new LabError('usage', `--handler is for a folder: the template names that of ${name}`);
}
