import { seededRandom } from '@parallel-lambda/event-sources';

import { LatencyHistogram } from './latency-histogram.ts';
import { sumOf, type Portion } from './queue.ts';
import type { Limit, Scenario } from './scenario.ts';

/** The simulated time, second by second: every array has one element per second. */
export interface TimeSeries {
  /** Messages. */
  readonly arrived: Float64Array;
  /** Messages that succeeded. */
  readonly processed: Float64Array;
  /** Batches in flight: the mean of the second. */
  readonly concurrency: Float64Array;
  /** Visible messages at the end of the second. */
  readonly backlog: Float64Array;
  /** Age of the first visible message, in seconds. */
  readonly oldestAge: Float64Array;
  /** Messages that are received and not deleted: in a batch that is gathered or processed, or hidden after a failure. */
  readonly inFlight: Float64Array;
}

/** Sums over the simulated time. They have fractions: the model is a fluid. */
export interface Totals {
  readonly arrived: number;
  readonly processed: number;
  readonly deadLetters: number;
  /** Messages in the parking queue. */
  readonly parked: number;
  /** Lost at the end of the retention period. */
  readonly expired: number;
  /** Visible at the end. */
  readonly waiting: number;
  /** Messages in flight at the end. */
  readonly inFlight: number;
  readonly invocations: number;
  readonly coldStarts: number;
  readonly billedMs: number;
  /** Billed SQS requests: receives and deletes of up to ten messages, calls that park and delay, and empty receives. */
  readonly queueRequests: number;
  /** Seconds of provisioned event pollers. */
  readonly pollerSeconds: number;
}

/** Periods in which a limit made messages wait. */
export interface LimitPeriod {
  readonly firstSecond: number;
  /** Sum. */
  readonly seconds: number;
}

/** The batches that start in a second, for the times of their messages. */
export interface SampledBatches {
  readonly portions: readonly Portion[];
  readonly coldShare: number;
  /** Duration of a batch, without INIT. */
  readonly seconds: number;
  /** Time from the first message of a batch to its invocation. */
  readonly gatherSeconds: number;
}

/** Samples of the time per message in each second. */
const samplesPerSecond = 8;

/** Records the simulated time: series, times per message, and the limits that were reached. */
export class Statistics {
  readonly series: TimeSeries;
  readonly latency = new LatencyHistogram();
  readonly limits = new Map<Limit, LimitPeriod>();
  readonly #scenario: Scenario;
  readonly #random: () => number;
  #arrived = 0;
  #processed = 0;

  constructor(scenario: Scenario) {
    const array = (): Float64Array => new Float64Array(scenario.seconds);
    this.#scenario = scenario;
    this.#random = seededRandom(scenario.seed);
    this.series = {
      arrived: array(),
      processed: array(),
      concurrency: array(),
      backlog: array(),
      oldestAge: array(),
      inFlight: array(),
    };
  }

  get arrived(): number {
    return this.#arrived;
  }

  get processed(): number {
    return this.#processed;
  }

  recordSecond(second: number, values: Readonly<Record<keyof TimeSeries, number>>): void {
    this.#arrived += values.arrived;
    this.#processed += values.processed;
    for (const name of Object.keys(this.series) as (keyof TimeSeries)[]) {
      this.series[name][second] = values[name];
    }
  }

  recordLimit(second: number, limit: Limit): void {
    const before = this.limits.get(limit);
    this.limits.set(limit, {
      firstSecond: before?.firstSecond ?? second,
      seconds: (before?.seconds ?? 0) + 1,
    });
  }

  /** Samples the times of the messages that succeed: from each eighth of the portions, in the order of the queue. */
  recordLatency(second: number, { portions, coldShare, seconds, gatherSeconds }: SampledBatches): void {
    const { service, failureRate, parkRate } = this.#scenario;
    const { spread = [1], initMs } = service;
    const all = sumOf(portions);
    const succeeding = all * (1 - failureRate - parkRate);
    if (succeeding <= 0) return;
    for (let count = 0; count < samplesPerSecond; count += 1) {
      let place = ((count + this.#random()) / samplesPerSecond) * all;
      const portion = portions.find(({ messages }) => (place -= messages) <= 0) ?? portions.at(-1);
      const arrivedAt = portion?.arrivedAt ?? second;
      const waited = Math.max(0, second - arrivedAt + this.#random() - this.#random());
      const queued = portion?.arrivedAt === second ? 0 : waited;
      const share = spread[Math.floor(this.#random() * spread.length)] ?? 1;
      const init = this.#random() < coldShare ? initMs / 1000 : 0;
      const gathered = gatherSeconds * this.#random();
      this.latency.add(queued + gathered + seconds * share + init, succeeding / samplesPerSecond);
    }
  }
}
