import { functionLimits, isWholeNumber } from '@parallel-lambda/local-lambda';

import type { FunctionConfiguration, ServedFunction } from '../served-function.ts';
import { account, arnOf } from '../stack/names.ts';
import type { Input } from './input.ts';
import { ServiceError } from './reply.ts';

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

/** The ARN of a function that is served. */
export function functionArn(name: string): string {
  return arnOf('lambda', `function:${name}`);
}

/**
 * Supported input of `UpdateFunctionConfiguration`. Other members have no effect here.
 *
 * @throws {ServiceError} for a value that Lambda would refuse
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export function changesIn(request: Input): Partial<FunctionConfiguration> {
  return {
    ...(request.has('MemorySize') && { memoryMb: within(request, 'MemorySize', functionLimits.memoryMb) }),
    ...(request.has('Timeout') && {
      timeoutSeconds: within(request, 'Timeout', functionLimits.timeoutSeconds),
    }),
    ...(request.has('Environment') && { environment: variables(request.object('Environment')) }),
  };
}

function within(request: Input, name: string, [min, max]: readonly [number, number]): number {
  const value = request.number(name);
  if (isWholeNumber(value, min, max)) return value;
  const sentence = `${name} must be a whole number from ${min} to ${max}, not ${value}`;
  throw new ServiceError(400, 'InvalidParameterValueException', sentence);
}

function variables(environment: Input): Record<string, string> {
  if (!environment.has('Variables')) return {};
  const entries = environment.object('Variables').entries();
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
