import { findFunction, LocalFunction, type Limit } from '@parallel-lambda/local-lambda';

import type { InvocableFunction } from './invocable-function.ts';
import { localFunctionOptions, type FunctionOptions, type RemoteOptions } from './options.ts';
import { openAssembly } from './workspace.ts';

/**
 * Opens a function where the options say: on this machine, with its settings overridden, or as it is deployed.
 *
 * @param name of the technique
 * @throws {LocalLambdaError} when it cannot run here
 * @throws {RemoteError} when it is not deployed
 */
export async function openFunction(
  name: string,
  options: FunctionOptions & RemoteOptions,
): Promise<InvocableFunction> {
  if (options.remote) {
    // Not loaded before: the SDK takes longer to load than a function to run.
    const { openRemoteFunction } = await import('./remote/index.ts');
    return openRemoteFunction(options.stack, name);
  }
  const definition = findFunction(await openAssembly(), name);
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
