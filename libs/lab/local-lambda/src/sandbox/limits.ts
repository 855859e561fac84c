/** Enforcement of a limit, or the reason why it is not enforced. */
export interface Limit {
  readonly enforced: boolean;
  /** Such as `0.07 vCPU by cgroup v1`. */
  readonly how: string;
}

/** Limits of a function's memory size that are enforced on this machine. */
export interface Limits {
  readonly cpu: Limit;
  readonly memory: Limit;
}

const notAsked: Limit = { enforced: false, how: 'not asked for' };

/** Those of a function that gets all there is. */
export const noLimits: Limits = { cpu: notAsked, memory: notAsked };

/**
 * Memory in MB per vCPU.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export const mbPerVcpu = 1769;

/** Returns the vCPUs of a memory size in MB: 0.07 to 5.79. */
export function vcpusOf(memoryMb: number): number {
  return memoryMb / mbPerVcpu;
}
