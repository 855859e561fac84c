import type { FunctionDefinition } from './function-definition.ts';
import { functionLimits, managedInstancesLimits, maxSynchronousSeconds } from './function-limits.ts';
import { LabError } from './lab-error.ts';
import type { Runtime } from './runtime-client.ts';

/** Options that override the template of a function. */
export interface FunctionOverrides {
  /** 128 to 10,240; on Managed Instances 2,048 to 32,768. @default the template's */
  readonly memoryMb?: number | undefined;
  /** Whole seconds, 1 to 900; on Managed Instances to 5,400. @default the template's */
  readonly timeoutSeconds?: number | undefined;
  /** Added to the template's variables, or instead of them. @default none */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** Options that decide how many invocations an environment processes at a time. */
export interface EnvironmentOptions {
  readonly maxConcurrency?: number | undefined;
  readonly runtime?: Runtime | undefined;
  readonly strict?: boolean | undefined;
}

/**
 * @returns the definition as it is to be run
 * @throws {LabError} `usage`, when Lambda would refuse it
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function applyOverrides(
  definition: FunctionDefinition,
  overrides: FunctionOverrides = {},
): FunctionDefinition {
  const {
    memoryMb = definition.memoryMb,
    timeoutSeconds = definition.timeoutSeconds,
    environment,
  } = overrides;
  const limits = definition.managedInstances ? managedInstancesLimits : functionLimits;
  checkRange('memory size in MB', memoryMb, ...limits.memoryMb);
  checkRange('timeout in seconds', timeoutSeconds, ...limits.timeoutSeconds);
  return {
    ...definition,
    memoryMb,
    timeoutSeconds,
    environment: { ...definition.environment, ...environment },
  };
}

/**
 * Returns how many invocations an environment processes at a time.
 *
 * @returns `undefined` if it processes one, and is frozen after each
 */
export function invocationsPerEnvironment(
  { managedInstances }: Pick<FunctionDefinition, 'managedInstances'>,
  { maxConcurrency, runtime, strict = false }: EnvironmentOptions,
): number | undefined {
  if (maxConcurrency !== undefined) return maxConcurrency;
  // What an invocation leaves behind has an owner only if there is one invocation at a time.
  return runtime === 'aws' && !strict ? managedInstances?.perEnvironment : undefined;
}

/** Returns the seconds after which an invocation of a function ends. */
export function timeoutOf(
  { timeoutSeconds }: Pick<FunctionDefinition, 'timeoutSeconds'>,
  { synchronous = false }: { readonly synchronous?: boolean | undefined } = {},
): number {
  return synchronous ? Math.min(timeoutSeconds, maxSynchronousSeconds) : timeoutSeconds;
}

/** Returns whether a value is a whole number from `min` to `max`. */
export function isWholeNumber(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** @throws {LabError} `usage`, unless it is a whole number within the range */
export function checkRange(what: string, value: number, min: number, max: number): void {
  if (isWholeNumber(value, min, max)) return;
  throw new LabError('usage', `The ${what} must be a whole number from ${min} to ${max}, not ${value}`);
}
