import type { Range } from './range.ts';
import type { SourceName } from './source-name.ts';

/** What Lambda lets a mapping of one source be set to. */
export interface SourceLimits {
  /** Messages in a batch. */
  readonly batchSize: Range;
  /** Seconds. */
  readonly window: Range;
  /** Batches of one technique in work at one time; where it is missing, the source itself decides. */
  readonly concurrency?: Range;
}

const batchSize: Range = { least: 1, most: 10_000, usual: 100 };
const window: Range = { least: 0, most: 300, usual: 1 };
// Three techniques at three each stay below 10, which is all the concurrency that a new account may have.
const queueConcurrency: Range = { least: 2, most: 1000, usual: 3 };
const shardConcurrency: Range = { least: 1, most: 10, usual: 3 };

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html#invocation-eventsourcemapping-batching
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export const sourceLimits: Readonly<Record<SourceName, SourceLimits>> = {
  sqs: { batchSize, window, concurrency: queueConcurrency },
  fifo: {
    batchSize: { least: 1, most: 10, usual: 10 },
    window: { least: 0, most: 0, usual: 0 },
    concurrency: queueConcurrency,
  },
  kinesis: { batchSize, window, concurrency: shardConcurrency },
  dynamodb: { batchSize, window, concurrency: shardConcurrency },
  kafka: { batchSize, window },
};
