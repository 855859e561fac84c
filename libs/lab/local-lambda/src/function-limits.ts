/** The smallest and the largest value. */
type Range = readonly [min: number, max: number];

/** What Lambda allows a function to be set to. */
export interface FunctionLimits {
  readonly memoryMb: Range;
  /** Of a batch. Synchronous invocations on Managed Instances stay at 900 s. */
  readonly timeoutSeconds: Range;
}

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 */
export const functionLimits: FunctionLimits = { memoryMb: [128, 10_240], timeoutSeconds: [1, 900] };

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html */
export const managedInstancesLimits: FunctionLimits = {
  memoryMb: [2048, 32_768],
  timeoutSeconds: [1, 5400],
};
