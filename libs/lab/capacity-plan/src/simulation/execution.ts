import type { Scenario } from './scenario.ts';
import { batchSeconds, longestBatchSeconds } from './service-time.ts';

/** AWS does not document how long an idle environment is kept. */
const keptSeconds = 600;

/** Batches that start in a second. */
export interface StartedBatches {
  readonly warm: number;
  readonly cold: number;
}

/** The function: batches in flight, execution environments, and when messages are processed. */
export class Execution {
  readonly #scenario: Scenario;
  readonly #initSeconds: number;
  readonly #batches: InFlight;
  /** The messages in them that will succeed or be parked. */
  readonly #messages: InFlight;
  readonly #environments = new WarmEnvironments();
  /** Messages by the second in which they succeed or are parked, beyond the end too. */
  readonly #settled: Float64Array;
  #invocations = 0;
  #coldStarts = 0;
  #billedMs = 0;

  constructor(scenario: Scenario) {
    const { service, batchSize, seconds } = scenario;
    this.#scenario = scenario;
    this.#initSeconds = service.initMs / 1000;
    const longest = longestBatchSeconds(service, batchSize) + this.#initSeconds;
    this.#batches = new InFlight(longest);
    this.#messages = new InFlight(longest);
    this.#settled = new Float64Array(seconds + Math.ceil(longest) + 2);
  }

  get invocations(): number {
    return this.#invocations;
  }

  get coldStarts(): number {
    return this.#coldStarts;
  }

  get billedMs(): number {
    return this.#billedMs;
  }

  /** Batches in flight: the mean of the second. */
  batchesIn(second: number): number {
    return this.#batches.during(second);
  }

  /** Messages in these batches that will succeed or be parked: the mean of the second. */
  messagesIn(second: number): number {
    return this.#messages.during(second);
  }

  /** Returns the messages that succeed or are parked in a second. */
  settledIn(second: number): number {
    return this.#settled[second] ?? 0;
  }

  /**
   * Splits batches into those that find a warm environment and those that wait for a new one, as far as the concurrency
   * allows.
   *
   * @param wanted batches
   * @param size messages per batch
   * @param limits the concurrency, and what of it is free
   */
  split(
    second: number,
    wanted: number,
    size: number,
    limits: { readonly maxBatches: number; readonly free: number },
  ): StartedBatches {
    const seconds = batchSeconds(this.#scenario.service, size);
    const mean = this.batchesIn(second) + wanted * Math.min(1, seconds);
    // With random (Poisson) arrivals, no more are needed in 99.9% of the time.
    const needed = Math.min(limits.maxBatches, Math.ceil(mean + 3 * Math.sqrt(mean)));
    const fresh = this.#environments.use(second, needed);
    const coldHolds = Math.min(1, seconds + this.#initSeconds);
    const cold = Math.min(fresh, wanted, limits.free / coldHolds);
    const warm = Math.min(wanted - cold, Math.max(0, limits.free - cold * coldHolds) / Math.min(1, seconds));
    return { warm, cold };
  }

  /**
   * Starts batches.
   *
   * @param seconds duration of a batch, without INIT
   * @param messages in all of these batches
   */
  start(second: number, { warm, cold }: StartedBatches, seconds: number, messages: number): void {
    const { failureRate } = this.#scenario;
    const coldShare = cold / (warm + cold);
    this.#invoke(second, warm, seconds, messages * (1 - coldShare) * (1 - failureRate));
    this.#invoke(second, cold, seconds + this.#initSeconds, messages * coldShare * (1 - failureRate));
    this.#coldStarts += cold;
  }

  /** Ends a second: it is not read any more. */
  end(second: number): void {
    this.#batches.end(second);
    this.#messages.end(second);
  }

  #invoke(second: number, batches: number, seconds: number, settling: number): void {
    this.#batches.start(second, batches, seconds);
    this.#messages.start(second, settling, seconds);
    this.#invocations += batches;
    this.#billedMs += batches * Math.ceil(seconds * 1000 - 1e-6);
    // They start evenly over a second, so they end evenly over an interval that covers parts of two seconds.
    const whole = second + Math.floor(seconds);
    const later = seconds - Math.floor(seconds);
    this.#settled[whole] = (this.#settled[whole] ?? 0) + settling * (1 - later);
    this.#settled[whole + 1] = (this.#settled[whole + 1] ?? 0) + settling * later;
  }
}

/**
 * Counts the batches in flight in each of the coming seconds. A batch of 2.5 seconds counts for two seconds, and half for a
 * third, so the mean over time is that of Little's law: batches per second × seconds per batch.
 */
class InFlight {
  readonly #counts: Float64Array;

  constructor(longestSeconds: number) {
    this.#counts = new Float64Array(Math.ceil(longestSeconds) + 1);
  }

  during(second: number): number {
    return this.#counts[second % this.#counts.length] ?? 0;
  }

  start(second: number, count: number, seconds: number): void {
    for (let ahead = 0; ahead < seconds; ahead += 1) {
      const place = (second + ahead) % this.#counts.length;
      this.#counts[place] = (this.#counts[place] ?? 0) + count * Math.min(1, seconds - ahead);
    }
  }

  end(second: number): void {
    this.#counts[second % this.#counts.length] = 0;
  }
}

/** The warm environments: as many as were in use at a time while an idle one is kept. */
class WarmEnvironments {
  /** Falling counts, in the order of their seconds: the first is the maximum. */
  readonly #uses: { readonly second: number; readonly count: number }[] = [];

  /** @returns how many environments have to be created in this second */
  use(second: number, count: number): number {
    while (this.#uses[0] && this.#uses[0].second < second - keptSeconds) this.#uses.shift();
    const warm = this.#uses[0]?.count ?? 0;
    while ((this.#uses.at(-1)?.count ?? Infinity) <= count) this.#uses.pop();
    this.#uses.push({ second, count });
    return Math.max(0, count - warm);
  }
}
