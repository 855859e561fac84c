import { integerWithin } from '../integer-within.ts';

/**
 * Batches of a standard queue in work at a time: at first, how many more each second, at most.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export const growth = { atFirst: 5, perSecond: 300 / 60, ceiling: 1_250 } as const;

/**
 * How many batches of a queue may be in work: five at first, and as long as there are more messages than these take,
 * 300 more each minute, up to 1,250 or the mapping's own maximum. When the queue is found empty it begins anew.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export class ConcurrencyGrowth {
  readonly #maximum: number;
  #busySinceMs: number | undefined;

  /**
   * @param maximum 2 to 1,000 on AWS; 1 too here. @default 1250
   * @throws {RangeError} when it is out of its range
   */
  constructor(maximum: number = growth.ceiling) {
    this.#maximum = integerWithin('maximumConcurrency', maximum, 1, growth.ceiling);
  }

  limit(nowMs: number): number {
    const grownMs = this.#busySinceMs === undefined ? 0 : nowMs - this.#busySinceMs;
    return Math.min(this.#maximum, growth.atFirst + Math.floor((grownMs / 1000) * growth.perSecond));
  }

  /** Every batch that may be in work is, and there is more. */
  onBusy(nowMs: number): void {
    this.#busySinceMs ??= nowMs;
  }

  onEmpty(): void {
    this.#busySinceMs = undefined;
  }
}
