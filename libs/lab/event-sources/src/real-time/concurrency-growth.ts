import { integerWithin } from '../integer-within.ts';

/**
 * Concurrent batches of a standard queue: initial number, growth per second, maximum.
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
 * Minimum and maximum event pollers in provisioned mode: 2 to 200, and up to 10,000.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html
 */
export interface ProvisionedPollers {
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Limits the concurrent batches of a queue: five at first and, while more messages are waiting, 300 more each minute, up
 * to 1,250 or the maximum of the mapping. An empty queue starts it again at five.
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

  /** All allowed batches are in flight, and more messages are waiting. */
  onBusy(nowMs: number): void {
    this.#busySinceMs ??= nowMs;
  }

  onEmpty(): void {
    this.#busySinceMs = undefined;
  }
}
