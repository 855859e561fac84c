import { integerWithin } from '../integer-within.ts';

/** A queue and its event source mapping. */
export interface SqsQueueOptions {
  /** @default false */
  readonly fifo?: boolean;
  /** Messages a batch: 1 to 10,000, of a FIFO queue 1 to 10. @default 10 */
  readonly batchSize?: number;
  /** Time that a received message stays hidden: 0 to 43,200,000 ms. @default 30000 */
  readonly visibilityTimeoutMs?: number;
  /** Receives after which a message becomes a dead letter: 1 to 1,000. @default Infinity: never */
  readonly maxReceiveCount?: number;
  /** True if the mapping has `ReportBatchItemFailures`. @default true */
  readonly reportBatchItemFailures?: boolean;
  /** Name without the `.fifo` of a FIFO queue. @default 'lab' */
  readonly name?: string;
  /**
   * Returns whether a message of a standard queue is twice in the batch: at-least-once delivery, to be
   * decided from outside. Both count as receives.
   *
   * @default never
   */
  readonly repeats?: (messageId: string) => boolean;
}

/**
 * Checks the options and adds the defaults.
 *
 * @throws {RangeError} when one is out of its range
 */
export function sqsOptions(options: SqsQueueOptions): Required<SqsQueueOptions> {
  const { fifo = false, maxReceiveCount = Infinity } = options;
  return {
    fifo,
    batchSize: integerWithin('batchSize', options.batchSize ?? 10, 1, fifo ? 10 : 10_000),
    visibilityTimeoutMs: integerWithin(
      'visibilityTimeoutMs',
      options.visibilityTimeoutMs ?? 30_000,
      0,
      43_200_000,
    ),
    maxReceiveCount:
      maxReceiveCount === Infinity
        ? maxReceiveCount
        : integerWithin('maxReceiveCount', maxReceiveCount, 1, 1_000),
    reportBatchItemFailures: options.reportBatchItemFailures ?? true,
    name: options.name ?? 'lab',
    repeats: options.repeats ?? (() => false),
  };
}
