import type { RecordFilter } from '../filter/record-filter.ts';
import { integerWithin } from '../integer-within.ts';
import { retryPolicy, type RetryPolicy } from './retry-policy.ts';

/** A stream and its event source mapping. */
export interface StreamOptions extends RetryPolicy {
  /** Records a batch: 1 to 10,000. @default 100 */
  readonly batchSize?: number;
  /** Time that a batch that is not full waits for more: 0 to 300,000 ms. @default 0 */
  readonly windowMs?: number;
  /** Concurrent batches a shard: 1 to 10. @default 1 */
  readonly parallelizationFactor?: number;
  /** 1 to 10,000. @default 1 */
  readonly shards?: number;
  /** Name of the stream, or of the table. @default 'lab' */
  readonly name?: string;
  /** ARN of the stream, or of the table's stream. @default one of AWS's example account */
  readonly arn?: string;
  /** Returns whether the function receives a record. @default it receives all */
  readonly accepts?: RecordFilter;
}

/** The same, checked and complete. */
export interface CompleteStreamOptions {
  readonly batchSize: number;
  readonly windowMs: number;
  readonly parallelizationFactor: number;
  readonly shards: number;
  readonly name: string;
  readonly arn: string | undefined;
  readonly accepts: RecordFilter;
  readonly policy: Required<RetryPolicy>;
}

/**
 * Checks the options and adds the defaults.
 *
 * @throws {RangeError} when one is out of its range
 */
export function streamOptions(options: StreamOptions): CompleteStreamOptions {
  return {
    batchSize: integerWithin('batchSize', options.batchSize ?? 100, 1, 10_000),
    windowMs: integerWithin('windowMs', options.windowMs ?? 0, 0, 300_000),
    parallelizationFactor: integerWithin('parallelizationFactor', options.parallelizationFactor ?? 1, 1, 10),
    shards: integerWithin('shards', options.shards ?? 1, 1, 10_000),
    name: options.name ?? 'lab',
    arn: options.arn,
    accepts: options.accepts ?? (() => true),
    policy: retryPolicy(options),
  };
}
