import type { Range } from './read-values.ts';
import type { SourceName } from './settings.ts';

/** Seconds that a function may run. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
export const timeoutRange: Range = { min: 1, max: 900, default: 30 };

/** The same on Managed Instances, for batches of an event source mapping; synchronous invocations stay at 900 s. */
export const managedTimeoutRange: Range = { ...timeoutRange, max: 5400 };

/** MB. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
export const memoryRange: Range = { min: 128, max: 10_240, default: 3008 };

/**
 * MB. The stack uses the default ratio of 2,048 MB per vCPU.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html
 */
export const managedMemoryRange: Range = { min: 2048, max: 32_768, default: 4096 };

/** MB of a function on Managed Instances that come with one vCPU. */
export const managedMbPerVcpu = 2048;

/** Environments that Lambda keeps of each function on Managed Instances, unless `minEnvironments` is set. */
export const defaultMinEnvironments = 3;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionScalingConfig.html */
export const environmentsRange: Range = { min: 0, max: 15_000, default: defaultMinEnvironments };

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_LambdaManagedInstancesCapacityProviderConfig.html */
export const perEnvironmentRange: Omit<Range, 'default'> = { min: 1, max: 1600 };

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CapacityProviderScalingConfig.html */
export const maxVcpusRange: Omit<Range, 'default'> = { min: 2, max: 15_000 };

/** Limits of the mapping of a source. */
export interface SourceLimits {
  /** Messages in a batch. */
  readonly batchSize: Range;
  /** Seconds. */
  readonly window: Range;
  /** Batches of one technique in flight. Absent if the source itself decides. */
  readonly concurrency?: Range;
  /** Event pollers of the provisioned mode. Absent if the source has no such mode. */
  readonly pollers?: PollerLimits;
}

/** Limits of the minimum and the maximum of event pollers. */
export interface PollerLimits {
  readonly min: number;
  readonly maxMinimum: number;
  readonly max: number;
}

const batchSize: Range = { min: 1, max: 10_000, default: 100 };
const window: Range = { min: 0, max: 300, default: 1 };
// Three techniques at three each stay below the concurrency of a new account, which is 10.
const queueConcurrency: Range = { min: 2, max: 1000, default: 3 };
const shardConcurrency: Range = { min: 1, max: 10, default: 3 };
const queuePollers: PollerLimits = { min: 2, maxMinimum: 200, max: 10_000 };
const kafkaPollers: PollerLimits = { min: 1, maxMinimum: 200, max: 2000 };

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html#invocation-eventsourcemapping-batching
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html
 */
export const sourceLimits: Readonly<Record<SourceName, SourceLimits>> = {
  sqs: { batchSize, window, concurrency: queueConcurrency, pollers: queuePollers },
  fifo: {
    batchSize: { min: 1, max: 10, default: 10 },
    window: { min: 0, max: 0, default: 0 },
    concurrency: queueConcurrency,
    pollers: queuePollers,
  },
  kinesis: { batchSize, window, concurrency: shardConcurrency },
  dynamodb: { batchSize, window, concurrency: shardConcurrency },
  kafka: { batchSize, window, pollers: kafkaPollers },
};
