import { integerWithin } from '../integer-within.ts';

/** Retry options of the mapping of a stream or a topic. */
export interface RetryPolicy {
  /** Maximum retries of a batch: −1 (without end) to 10,000. @default -1 */
  readonly maximumRetries?: number;
  /** Maximum age of a record that is delivered: 60,000 to 604,800,000 ms. @default Infinity */
  readonly maximumRecordAgeMs?: number;
  /** True if a batch that failed is retried in halves. Splitting costs no retry. @default false */
  readonly bisectBatchOnFunctionError?: boolean;
  /** True if the mapping has `ReportBatchItemFailures`. @default true */
  readonly reportBatchItemFailures?: boolean;
  /** The wait before a batch is tried again; AWS backs off and does not say how long. @default 0 */
  readonly retryDelayMs?: number;
}

/**
 * Checks the options and adds the defaults.
 *
 * @throws {RangeError} when one is out of its range
 */
export function retryPolicy(options: RetryPolicy): Required<RetryPolicy> {
  const { maximumRecordAgeMs = Infinity } = options;
  return {
    maximumRetries: integerWithin('maximumRetries', options.maximumRetries ?? -1, -1, 10_000),
    maximumRecordAgeMs:
      maximumRecordAgeMs === Infinity
        ? maximumRecordAgeMs
        : integerWithin('maximumRecordAgeMs', maximumRecordAgeMs, 60_000, 604_800_000),
    bisectBatchOnFunctionError: options.bisectBatchOnFunctionError ?? false,
    reportBatchItemFailures: options.reportBatchItemFailures ?? true,
    retryDelayMs: integerWithin('retryDelayMs', options.retryDelayMs ?? 0, 0, 604_800_000),
  };
}
