import type { Range } from './read-values.ts';
import type { SourceName } from './settings.ts';

/** What Lambda lets a mapping of one source be set to. */
export interface SourceLimits {
  /** Messages in a batch. */
  readonly batchSize: Range;
  /** Seconds. */
  readonly window: Range;
  /** Batches of one technique in work at one time; where it is missing, the source itself decides. */
  readonly concurrency?: Range;
}

const batchSize: Range = { min: 1, max: 10_000, default: 100 };
const window: Range = { min: 0, max: 300, default: 1 };
// Three techniques at three each stay below 10, which is all the concurrency that a new account may have.
const queueConcurrency: Range = { min: 2, max: 1000, default: 3 };
const shardConcurrency: Range = { min: 1, max: 10, default: 3 };

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html#invocation-eventsourcemapping-batching
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export const sourceLimits: Readonly<Record<SourceName, SourceLimits>> = {
  sqs: { batchSize, window, concurrency: queueConcurrency },
  fifo: {
    batchSize: { min: 1, max: 10, default: 10 },
    window: { min: 0, max: 0, default: 0 },
    concurrency: queueConcurrency,
  },
  kinesis: { batchSize, window, concurrency: shardConcurrency },
  dynamodb: { batchSize, window, concurrency: shardConcurrency },
  kafka: { batchSize, window },
};
