import { availableParallelism } from 'node:os';

/** The memory size that has one vCPU, in MB: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MB_PER_VCPU = 1769;

/** The maximum number of vCPUs of a function. */
const MAX_VCPUS = 6;

/**
 * Returns the default number of threads: the number of vCPUs by the function's memory size, 1 to 6. In Lambda
 * `availableParallelism()` is misleading: it returns 2 at 128 MB, where a function has a fourteenth of a vCPU. It is used outside
 * Lambda. On Lambda Managed Instances the number is 1.
 */
export function threadCount(): number {
  // Each runtime thread has its own pool there, so all vCPUs are in use already.
  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
  if (process.env.AWS_LAMBDA_MAX_CONCURRENCY) return 1;
  const memory = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE);
  const cpus = memory > 0 ? Math.round(memory / MB_PER_VCPU) : availableParallelism();
  return Math.min(cpus || 1, MAX_VCPUS);
}
