import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { LabError } from '@parallel-lambda/local-lambda';
import { runInWaves, type MeasuredFunctions } from '@parallel-lambda/measure';

import { clientSettings, responseOf } from '../aws.ts';
import { DeployedFunction } from '../deployed-function.ts';
import { deployedCircumstances } from '../deployed-functions.ts';
import { settingsOf } from '../function-settings.ts';
import { findFunction, findStack, type StackFunction } from '../stack.ts';
import { TemporaryConfiguration } from './temporary-configuration.ts';

/** Receives what a tuning reports beside its result. */
export interface TuningListener {
  /** Receives a sentence for the user. */
  onWarning(sentence: string): void;
  /** Receives the error of each configuration that could not be restored. */
  onRestoreError(error: Error): void;
}

/** The result of {@link restoreFunctions} for one function. */
export interface RestoredFunction {
  readonly function: string;
  /** Its memory size if it was restored; `undefined` if it was not changed. */
  readonly memoryMb: number | undefined;
}

/**
 * Returns the functions of a deployed stack, to be measured with other configurations. Opening a function changes its
 * configuration, so one setting per function is open at a time; disposing restores it. Warns if an event source mapping
 * sends messages during the tuning.
 *
 * @param folder stores the original configurations until they are restored
 * @throws {LabError} if the stack is not deployed, or its functions have different architectures
 */
export async function tunedFunctions(
  stackName: string,
  folder: string,
  listener: TuningListener,
): Promise<MeasuredFunctions> {
  const stack = await findStack(stackName);
  const { settings, architecture } = await settingsOf(stack.functions, false);
  const client = new LambdaClient(clientSettings);
  await warnAboutMessages(client, stack.functions, listener);
  const configurations = new Map(
    stack.functions.map((one) => [
      one.name,
      new TemporaryConfiguration(client, one, folder, (sentence) => {
        listener.onWarning(sentence);
      }),
    ]),
  );
  return {
    settings,
    circumstances: { ...deployedCircumstances, architecture },
    run: runInWaves,
    async open(setting) {
      const stackFunction = findFunction(stack, setting.function);
      const configuration = configurations.get(setting.function);
      await configuration?.apply(setting);
      const opened = new DeployedFunction(stackFunction);
      return {
        async invoke(...invocation) {
          configuration?.checkActive();
          return opened.invoke(...invocation);
        },
        [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
      };
    },
    changed: () => [...configurations.values()].flatMap((one) => one.changed() ?? []),
    async [Symbol.asyncDispose]() {
      const results = await Promise.allSettled([...configurations.values()].map((one) => one.restore()));
      for (const result of results) {
        if (result.status === 'rejected') listener.onRestoreError(result.reason as Error);
      }
      client.destroy();
    },
  };
}

/**
 * Restores the configurations that an earlier tuning did not restore, because it was killed.
 *
 * @param folder of the backups
 * @throws {LabError} if a backup is missing, or an update fails
 */
export async function restoreFunctions(
  stackName: string,
  folder: string,
): Promise<readonly RestoredFunction[]> {
  const client = new LambdaClient(clientSettings);
  const { functions } = await findStack(stackName);
  const restored = [];
  for (const one of functions) {
    const configuration = new TemporaryConfiguration(client, one, folder, () => undefined);
    const backup = await configuration.restoreBackup();
    restored.push({ function: one.name, memoryMb: backup?.MemorySize });
  }
  client.destroy();
  return restored;
}

async function warnAboutMessages(
  client: LambdaClient,
  functions: readonly StackFunction[],
  listener: TuningListener,
): Promise<void> {
  const active = [];
  for (const one of functions) if (await hasActiveMapping(client, one)) active.push(one.name);
  if (active.length === 0) return;
  listener.onWarning(
    `${new Intl.ListFormat('en-GB').format(active)} ${active.length > 1 ? 'have' : 'has'} an active event source mapping. ` +
      'Messages that arrive during the tuning are processed with the changed configuration, and make the results less reliable.',
  );
}

/** Returns whether an event source mapping invokes the function; if mappings cannot be listed, by the outputs of the stack. */
async function hasActiveMapping(
  client: LambdaClient,
  { functionName, source }: StackFunction,
): Promise<boolean> {
  try {
    const command = new ListEventSourceMappingsCommand({ FunctionName: functionName });
    const { EventSourceMappings = [] } = await responseOf(client.send(command));
    return EventSourceMappings.some(({ State }) => State === 'Enabled' || State === 'Enabling');
  } catch (error) {
    if (error instanceof LabError && error.code === 'aws-error') return source !== undefined;
    throw error;
  }
}
