/** The smallest and the largest value. */
type Range = readonly [min: number, max: number];

/** Limits of Lambda for the settings of a function. */
export interface FunctionLimits {
  readonly memoryMb: Range;
  /** Timeout that a function may have. Synchronous invocations end after {@link maxSynchronousSeconds}. */
  readonly timeoutSeconds: Range;
}

/**
 * Seconds that a function may run, and a synchronous invocation of any function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 */
export const maxSynchronousSeconds = 900;

/** The same on Managed Instances, for asynchronous invocations and batches. */
const maxManagedTimeoutSeconds = 5400;

/**
 * Concurrent invocations in an environment on Managed Instances.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_LambdaManagedInstancesCapacityProviderConfig.html
 */
export const perEnvironmentRange: Range = [1, 1600];

/** Invocations per vCPU of such an environment, unless the template sets `PerExecutionEnvironmentMaxConcurrency`. */
export const defaultPerVcpu = 64;

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 */
export const functionLimits: FunctionLimits = {
  memoryMb: [128, 10_240],
  timeoutSeconds: [1, maxSynchronousSeconds],
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html */
export const managedInstancesLimits: FunctionLimits = {
  memoryMb: [2048, 32_768],
  timeoutSeconds: [1, maxManagedTimeoutSeconds],
};
