import { growth } from '@parallel-lambda/event-sources';

import type { Limit, Scenario } from './scenario.ts';

/** How a batch is filled while messages do not wait. */
export interface Gathering {
  /** Messages per batch. */
  readonly size: number;
  /** From the first message of a batch to its invocation. */
  readonly seconds: number;
}

/** Long polling: a poller without messages makes one request in this time. */
const longPollSeconds = 20;

/**
 * The pollers of an event source mapping. There are 5 at first, 5 more each second while there are more messages than they
 * can take, up to 1,250. AWS does not document how fast they decrease: as fast here.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export class Pollers {
  readonly #scenario: Scenario;
  #count: number = growth.atFirst;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** Batches that may be in flight. */
  get maxBatches(): number {
    const { maximumConcurrency = Infinity, accountConcurrency } = this.#scenario;
    return Math.min(this.#count, maximumConcurrency, accountConcurrency);
  }

  /** The limit that determines {@link maxBatches}. */
  get limit(): Limit {
    const { maximumConcurrency = Infinity, accountConcurrency } = this.#scenario;
    if (maximumConcurrency <= Math.min(accountConcurrency, this.#count)) return 'maximum-concurrency';
    if (accountConcurrency <= this.#count) return 'account-concurrency';
    return this.#count >= growth.ceiling ? 'mapping' : 'growth';
  }

  /**
   * Returns how large batches become and how long that takes: each poller opens a batch with its first message, and
   * invokes the function when the batch is full or its window ends.
   *
   * @param inflow messages that become visible in this second
   * @param backlog messages that were visible before
   */
  gather(inflow: number, backlog: number): Gathering {
    const { pollers, batchSize, windowSeconds } = this.#scenario;
    const active = Math.min(pollers, this.maxBatches);
    if (backlog >= active * batchSize) return { size: batchSize, seconds: 0 };
    const perPoller = inflow / active;
    const size = Math.min(batchSize, 1 + perPoller * windowSeconds);
    return { size, seconds: Math.min(windowSeconds, perPoller > 0 ? (size - 1) / perPoller : 0) };
  }

  /**
   * Adds pollers, or removes idle ones.
   *
   * @param busy whether there are more messages than the pollers can take
   * @param inUse batches in flight
   */
  scale(busy: boolean, inUse: number): void {
    if (busy) this.#count = Math.min(growth.ceiling, this.#count + growth.perSecond);
    else this.#count = Math.max(growth.atFirst, Math.ceil(inUse - 1e-6), this.#count - growth.perSecond);
  }

  /** Returns the empty receives of a second. */
  emptyReceives(inUse: number): number {
    return Math.max(0, Math.min(this.maxBatches, this.#scenario.pollers) - inUse) / longPollSeconds;
  }
}
