import { account } from '../stack/names.ts';

import type { FunctionConfiguration, ServedFunction } from '../served-function.ts';
import { ServiceError } from './reply.ts';

/**
 * A function as `GetFunctionConfiguration` tells it.
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
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1';
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

/**
 * What `UpdateFunctionConfiguration` asks for; what it names beside that has no effect here.
 *
 * @throws {ServiceError} for a value that Lambda would refuse
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export function changesIn(request: unknown): Partial<FunctionConfiguration> {
  const { MemorySize, Timeout, Environment } = request as Readonly<Record<string, unknown>>;
  return {
    ...(MemorySize !== undefined && { memoryMb: within('memorySize', MemorySize, 128, 10_240) }),
    ...(Timeout !== undefined && { timeoutSeconds: within('timeout', Timeout, 1, 900) }),
    ...(Environment !== undefined && { environment: variables(Environment) }),
  };
}

function within(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  const sentence = `Value '${String(value)}' at '${name}' must be a whole number from ${least} to ${most}`;
  throw new ServiceError(400, 'InvalidParameterValueException', sentence);
}

function variables(environment: unknown): Record<string, string> {
  const { Variables = {} } = environment as { readonly Variables?: Readonly<Record<string, unknown>> };
  return Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, String(value)]));
}
