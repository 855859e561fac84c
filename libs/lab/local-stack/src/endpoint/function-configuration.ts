import type { FunctionConfiguration, ServedFunction } from '../served-function.ts';
import { account, functionArn } from '../stack/names.ts';
import type { Input } from './input.ts';

/**
 * A function as `GetFunctionConfiguration` returns it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export function configurationOf({ definition, lastModified }: ServedFunction): object {
  const { name, runtime, handler, timeoutSeconds, memoryMb, environment, architecture } = definition;
  return {
    FunctionName: name,
    FunctionArn: functionArn(name),
    Runtime: runtime,
    Role: `arn:aws:iam::${account}:role/${name}`,
    Handler: handler,
    Timeout: timeoutSeconds,
    MemorySize: memoryMb,
    LastModified: lastModified.toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    Environment: { Variables: environment },
    Architectures: [architecture],
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}

/**
 * Supported input of `UpdateFunctionConfiguration`. Other members have no effect here. The function itself checks the values,
 * because Managed Instances have other ranges.
 *
 * @throws {ServiceError} for a value of another type
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export function changesIn(request: Input): Partial<FunctionConfiguration> {
  return {
    ...(request.has('MemorySize') && { memoryMb: request.number('MemorySize') }),
    ...(request.has('Timeout') && { timeoutSeconds: request.number('Timeout') }),
    ...(request.has('Environment') && { environment: variables(request.object('Environment')) }),
  };
}

function variables(environment: Input): Record<string, string> {
  if (!environment.has('Variables')) return {};
  const entries = environment.object('Variables').entries();
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
