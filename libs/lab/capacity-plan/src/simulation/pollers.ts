import { growth, provisionedPoller } from '@parallel-lambda/event-sources';

import type { Limit, Scenario } from './scenario.ts';

/** Time in which a batch is filled while messages do not wait. */
export interface Gathering {
  /** Messages per batch. */
  readonly size: number;
  /** Time from the first message of a batch to its invocation. */
  readonly seconds: number;
}

/** Long polling: a poller without messages makes one request in this time. */
const longPollSeconds = 20;

/** Messages that SQS returns in one request. */
const messagesPerReceive = 10;

/** Maximum batches in flight. */
interface Growth {
  readonly atFirst: number;
  readonly perSecond: number;
  readonly ceiling: number;
}

/**
 * The pollers of an event source mapping. There are 5 at first, 5 more each second while there are more messages than they
 * can take, up to 1,250. In provisioned mode each event poller has 10 batches in flight, and 1,000 batches are added per
 * minute. AWS does not document how fast they decrease: as fast here.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export class Pollers {
  readonly #scenario: Scenario;
  readonly #growth: Growth;
  #count: number;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#growth = growthOf(scenario);
    this.#count = this.#growth.atFirst;
  }

  /** Event pollers of the provisioned mode, which are billed; 0 without it. */
  get provisioned(): number {
    return this.#scenario.provisionedPollers ? Math.ceil(this.#count / provisionedPoller.batches - 1e-9) : 0;
  }

  /** Messages that the event pollers can receive in a second. */
  get messagesPerSecond(): number {
    if (!this.#scenario.provisionedPollers) return Infinity;
    const { bytesPerSecond, receivesPerSecond } = provisionedPoller;
    const each = Math.min(
      bytesPerSecond / this.#scenario.messageBytes,
      receivesPerSecond * messagesPerReceive,
    );
    return this.provisioned * each;
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
    if (this.#count < this.#growth.ceiling) return 'growth';
    return this.#scenario.provisionedPollers ? 'provisioned-pollers' : 'mapping';
  }

  /**
   * Returns how large batches become and how long that takes: each poller opens a batch with its first message, and
   * invokes the function when the batch is full or its window ends.
   *
   * @param inflow messages that become visible in this second
   * @param backlog messages that were visible before
   */
  gather(inflow: number, backlog: number): Gathering {
    const { gatheringPollers, batchSize, windowSeconds } = this.#scenario;
    const active = Math.min(this.provisioned || gatheringPollers, this.maxBatches);
    if (backlog >= active * batchSize) return { size: batchSize, seconds: 0 };
    const perPoller = inflow / active;
    const size = gatheredSize(this.#scenario, inflow, active);
    return { size, seconds: Math.min(windowSeconds, perPoller > 0 ? (size - 1) / perPoller : 0) };
  }

  /**
   * Adds pollers, or removes idle ones.
   *
   * @param busy whether there are more messages than the pollers can take
   * @param inUse batches in flight
   */
  scale(busy: boolean, inUse: number): void {
    const { atFirst, perSecond, ceiling } = this.#growth;
    if (busy) this.#count = Math.min(ceiling, this.#count + perSecond);
    else this.#count = Math.max(atFirst, Math.min(ceiling, Math.ceil(inUse - 1e-6)), this.#count - perSecond);
  }

  /** Returns the empty receives of a second. */
  emptyReceives(inUse: number): number {
    const waiting = this.provisioned
      ? this.provisioned - inUse / provisionedPoller.batches
      : Math.min(this.maxBatches, this.#scenario.gatheringPollers) - inUse;
    return Math.max(0, waiting) / longPollSeconds;
  }
}

/**
 * Returns the messages per batch while no messages wait: what a poller gathers from its first message until the batch is
 * full or the window ends.
 *
 * @param inflow messages per second
 * @param active pollers that gather batches. @default those of the scenario without load
 */
export function gatheredSize(
  { batchSize, windowSeconds, gatheringPollers, provisionedPollers }: Scenario,
  inflow: number,
  active: number = provisionedPollers?.minimum ?? gatheringPollers,
): number {
  return Math.min(batchSize, 1 + (inflow / active) * windowSeconds);
}

function growthOf({ provisionedPollers }: Scenario): Growth {
  if (!provisionedPollers) return growth;
  const { batches, batchesAddedPerSecond } = provisionedPoller;
  return {
    atFirst: batches * provisionedPollers.minimum,
    perSecond: batchesAddedPerSecond,
    ceiling: batches * provisionedPollers.maximum,
  };
}
