import type { ProvisionedPollers } from '@parallel-lambda/event-sources';

import type { Arrivals } from './arrivals.ts';
import type { Backoff } from './backoff.ts';
import type { ServiceTime } from './service-time.ts';

/** A standard queue, its event source mapping, the function, and the messages that arrive. */
export interface Scenario {
  readonly arrivals: Arrivals;
  /** Simulated time. */
  readonly seconds: number;
  readonly service: ServiceTime;
  /** Maximum messages per batch: 1 to 10,000. */
  readonly batchSize: number;
  /** Batching window of the mapping: 0 to 300. */
  readonly windowSeconds: number;
  /** Batches that are gathered at the same time while the queue is short: 1 to 5. Unused with provisioned pollers. */
  readonly gatheringPollers: number;
  /** Event pollers of the provisioned mode, which exclude a maximum concurrency. @default none */
  readonly provisionedPollers?: ProvisionedPollers | undefined;
  /** Bytes of a message: 1 to 1,048,576. */
  readonly messageBytes: number;
  /** Maximum concurrency of the mapping, 2 to 1,000 on AWS. @default grows from 5 to 1,250 */
  readonly maximumConcurrency?: number | undefined;
  /** Concurrency that the account has left for this function. */
  readonly accountConcurrency: number;
  /** Share of messages that fail per receive: 0 to 1. */
  readonly failureRate: number;
  /** Share of messages that are parked per receive: 0 to 1, with the failure rate at most 1. */
  readonly parkRate: number;
  /** Delays of failed messages. @default their visibility timeout */
  readonly backoff?: Backoff | undefined;
  /** Receives after which a failed message becomes a dead letter. */
  readonly maxReceiveCount: number;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  /** Seed of the sampled times per message. */
  readonly seed: number;
}

/**
 * Messages of a standard queue that may be in flight.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 */
export const inFlightQuota = 120_000;

/**
 * Invocations per second for each concurrent execution of the account.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export const invocationsPerConcurrency = 10;

/** A limit that makes messages wait. All but `growth` are quotas or settings that can be changed. */
export type Limit =
  | 'growth'
  | 'mapping'
  | 'maximum-concurrency'
  | 'provisioned-pollers'
  | 'poller-throughput'
  | 'account-concurrency'
  | 'invocation-rate'
  | 'in-flight';
