import { integerWithin } from '../integer-within.ts';

/**
 * Batches of a standard queue in work at a time: at first, how many more each second, at most.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export const growth = { atFirst: 5, perSecond: 300 / 60, ceiling: 1_250 } as const;

/**
 * An event poller of the provisioned mode: batches in flight, bytes and receives per second. All pollers of a mapping
 * together add 1,000 batches per minute.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export const provisionedPoller = {
  batches: 10,
  bytesPerSecond: 1_000_000,
  receivesPerSecond: 10,
  batchesAddedPerSecond: 1000 / 60,
} as const;

/**
 * Minimum and maximum event pollers of the provisioned mode: 2 to 200, and up to 10,000.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html
 */
export interface ProvisionedPollers {
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * How many batches of a queue may be in work: five at first, and as long as there are more messages than these take,
 * 300 more each minute, up to 1,250 or the mapping's own maximum. When the queue is found empty it begins anew.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export class ConcurrencyGrowth {
  readonly #atFirst: number;
  readonly #perSecond: number;
  readonly #maximum: number;
  #busySinceMs: number | undefined;

  /**
   * @param maximum 2 to 1,000 on AWS; 1 too here. @default 1250
   * @param pollers exclude a maximum. @default none
   * @throws {RangeError} if the maximum is out of range
   */
  constructor(maximum: number = growth.ceiling, pollers?: ProvisionedPollers) {
    this.#atFirst = pollers ? pollers.minimum * provisionedPoller.batches : growth.atFirst;
    this.#perSecond = pollers ? provisionedPoller.batchesAddedPerSecond : growth.perSecond;
    this.#maximum = pollers
      ? pollers.maximum * provisionedPoller.batches
      : integerWithin('maximumConcurrency', maximum, 1, growth.ceiling);
  }

  limit(nowMs: number): number {
    const grownMs = this.#busySinceMs === undefined ? 0 : nowMs - this.#busySinceMs;
    return Math.min(this.#maximum, this.#atFirst + Math.floor((grownMs / 1000) * this.#perSecond));
  }

  /** Every batch that may be in work is, and there is more. */
  onBusy(nowMs: number): void {
    this.#busySinceMs ??= nowMs;
  }

  onEmpty(): void {
    this.#busySinceMs = undefined;
  }
}
