import type { Arrivals } from './arrivals.ts';
import type { ServiceTime } from './service-time.ts';

/** A standard queue, its event source mapping, the function behind it, and what arrives. */
export interface Scenario {
  readonly arrivals: Arrivals;
  /** How long it is looked at. */
  readonly seconds: number;
  readonly service: ServiceTime;
  /** Messages a batch at most: 1 to 10,000. */
  readonly batchSize: number;
  /** The mapping's batching window: 0 to 300. */
  readonly windowSeconds: number;
  /** Batches that are gathered at the same time while the queue is short: 1 to 5. */
  readonly pollers: number;
  /** The mapping's own maximum, 2 to 1,000 on AWS. @default grows from 5 to 1,250 */
  readonly maximumConcurrency?: number | undefined;
  /** What the account has left for this function. */
  readonly accountConcurrency: number;
  /** The share of messages that fail each time they are received: 0 to 1. */
  readonly failureRate: number;
  /** After so many receives a message becomes a dead letter. */
  readonly maxReceiveCount: number;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  /** Of the sampling. */
  readonly seed: number;
}

/**
 * Messages of a standard queue that may be received and not deleted.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 */
export const inFlightQuota = 120_000;

/**
 * Invocations a second for each of an account's concurrent executions.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export const invocationsPerConcurrency = 10;

/** AWS does not say how long an environment without work is kept; so long here. */
export const environmentKeptSeconds = 600;

/** What holds messages back while they wait. All but `growth` are quotas or settings that can be changed. */
export type Limit =
  'growth' | 'mapping' | 'maximum-concurrency' | 'account-concurrency' | 'invocation-rate' | 'in-flight';
