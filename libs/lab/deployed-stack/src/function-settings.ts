import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { LabError } from '@parallel-lambda/local-lambda';
import type { Architecture, Setting } from '@parallel-lambda/report';

import { clientSettings, responseFrom } from './aws.ts';
import type { StackFunction } from './stack.ts';

/** The settings of the functions of a stack. */
export interface FunctionSettings {
  readonly settings: readonly Setting[];
  readonly architecture: Architecture;
}

/**
 * Returns the configuration of a function.
 *
 * @throws {LabError} `failure`, if the function was deleted outside of CloudFormation
 */
export function configurationOf(
  client: LambdaClient,
  { name, functionName }: StackFunction,
): Promise<FunctionConfiguration> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
  return responseFrom(`The function of ${name}, ${functionName},`, client.send(command));
}

/**
 * Returns the settings of functions that are to be compared.
 *
 * @param sameMemory whether their memory sizes must be the same
 * @throws {LabError} `failure`, if their architectures or memory sizes differ
 */
export async function settingsOf(
  functions: readonly StackFunction[],
  sameMemory: boolean,
): Promise<FunctionSettings> {
  const client = new LambdaClient(clientSettings);
  const all = await Promise.all(
    functions.map(async (one) => {
      const { MemorySize = 128, Architectures: [architecture = 'x86_64'] = [] } = await configurationOf(
        client,
        one,
      );
      return { setting: { function: one.name, memoryMb: MemorySize }, architecture };
    }),
  );
  client.destroy();
  const [first] = all;
  const isComparable = all.every(
    ({ architecture, setting }) =>
      architecture === first?.architecture && (!sameMemory || setting.memoryMb === first.setting.memoryMb),
  );
  if (!isComparable) {
    const list = all.map(
      ({ setting, architecture }) => `${setting.function} ${setting.memoryMb} MB on ${architecture}`,
    );
    throw new LabError(
      'failure',
      `The functions cannot be compared, because their settings differ: ${list.join(', ')}. ` +
        'Deploy them with the same settings.',
    );
  }
  return { settings: all.map(({ setting }) => setting), architecture: first?.architecture ?? 'x86_64' };
}
