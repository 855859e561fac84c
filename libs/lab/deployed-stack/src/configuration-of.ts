import {
  GetFunctionConfigurationCommand,
  type FunctionConfiguration,
  type LambdaClient,
} from '@aws-sdk/client-lambda';

import type { DeployedTechnique } from './deployed-stack.ts';
import { unlessMissing } from './missing.ts';

/**
 * The configuration of a technique's function, as it is now.
 *
 * @throws {LabError} `failure`, when the function was deleted by hand
 */
export function configurationOf(
  client: LambdaClient,
  { name, functionName }: DeployedTechnique,
): Promise<FunctionConfiguration> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
  return unlessMissing(`The function of ${name}, ${functionName},`, client.send(command));
}
