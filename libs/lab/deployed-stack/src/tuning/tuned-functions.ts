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
  const mappings = await mappingsOf(client, stack.functions);
  warnAboutMessages(mappings, listener);
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
    present: settings.flatMap((setting) => {
      const messages = mappings.get(setting.function)?.batchSize;
      return messages === undefined ? [] : [{ setting, messages }];
    }),
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

/** Describes the restored configuration of a function in a sentence. */
export function restoredText({ function: name, memoryMb }: RestoredFunction): string {
  return `${name}: ${memoryMb === undefined ? 'was not changed' : `restored, with ${memoryMb} MB`}`;
}

/** Event source mappings of a function, as far as the account shows them. */
interface Mappings {
  readonly isActive: boolean;
  /** Batch size of the first one. */
  readonly batchSize: number | undefined;
}

function warnAboutMessages(mappings: ReadonlyMap<string, Mappings>, listener: TuningListener): void {
  const active = [...mappings].flatMap(([name, { isActive }]) => (isActive ? [name] : []));
  if (active.length === 0) return;
  listener.onWarning(
    `${new Intl.ListFormat('en-GB').format(active)} ${active.length > 1 ? 'have' : 'has'} an active event source mapping. ` +
      'Messages that arrive during the tuning are processed with the changed configuration, and make the results less reliable.',
  );
}

/** Reads the mappings of each function, by its name. If they cannot be listed, the outputs of the stack show whether there is one. */
async function mappingsOf(
  client: LambdaClient,
  functions: readonly StackFunction[],
): Promise<ReadonlyMap<string, Mappings>> {
  const mappings = new Map<string, Mappings>();
  for (const { name, functionName, source } of functions) {
    try {
      const command = new ListEventSourceMappingsCommand({ FunctionName: functionName });
      const { EventSourceMappings: listed = [] } = await responseOf(client.send(command));
      const isActive = listed.some(({ State }) => State === 'Enabled' || State === 'Enabling');
      mappings.set(name, { isActive, batchSize: listed[0]?.BatchSize });
    } catch (error) {
      if (!(error instanceof LabError && error.code === 'aws-error')) throw error;
      mappings.set(name, { isActive: source !== undefined, batchSize: undefined });
    }
  }
  return mappings;
}
