import { availableParallelism } from 'node:os';

/** Memory that buys one vCPU, in MB: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const memoryOfOneCpu = 1769;

/** The most vCPUs that a function gets. */
const mostCpus = 6;

/**
 * As many threads as the function has vCPUs by its memory, 1 to 6. `availableParallelism()` is no measure of that:
 * in Lambda it says 2 at 128 MB, where a fourteenth of one is there to be had. Outside Lambda it is all there is. On
 * Lambda Managed Instances 1, since memory says nothing there.
 */
export function threadCount(): number {
  // Several invocations at a time, each runtime thread with a pool of its own: the vCPUs are shared out already.
  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
  if (process.env.AWS_LAMBDA_MAX_CONCURRENCY) return 1;
  const memory = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE);
  const cpus = memory > 0 ? Math.round(memory / memoryOfOneCpu) : availableParallelism();
  return Math.min(Math.max(cpus, 1), mostCpus);
}
