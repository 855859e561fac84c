import type { Point } from './throughput-curve.ts';

const MIN_MESSAGES = 8;
const MAX_MESSAGES = 200;
/**
 * The share of a window that must have ended. A higher latency counts as the latency at this share, so that neither a heavy tail nor a
 * pause of the process, which delays all messages in flight, hides the others.
 */
const QUORUM = 0.75;
/** Wait for the other messages, in multiples of the limit: in the time of one message, as many end as are in flight. */
const PATIENCE = 1.25;
/** The mean load of a burst, as a share of its peak. */
const BURST = 0.85;
const MIN_LATENCY_MS = 0.01;
/** The standard error that no window is better than. */
const MIN_ERROR = 0.01;

/** Options for `MeasurementWindow`. */
export interface WindowOptions {
  readonly limit: number;
  /** The number of members, as a share of the limit. */
  readonly share: number;
  /** Distance of the members: one of this number of started messages is a member. */
  readonly stride: number;
  /** True if the window is complete as soon as there is a quorum. */
  readonly isHasty: boolean;
}

/**
 * Measures the messages that are started first after the limit was set. In the order of their ends, fast messages would come
 * first.
 */
export class MeasurementWindow {
  /** The number of members. */
  readonly size: number;
  readonly #patience: number;
  readonly #latencies: number[] = [];
  readonly #stride: number;
  #untilNext = 1;
  #members = 0;
  #loads = 0;
  #waited = 0;
  #peak = 0;
  ends = 0;
  failures = 0;
  rejections = 0;

  constructor({ limit, share, stride, isHasty }: WindowOptions) {
    this.#stride = stride;
    this.size = Math.round(Math.min(Math.max(share * limit, MIN_MESSAGES), MAX_MESSAGES));
    this.#patience = isHasty ? 0 : PATIENCE * limit;
  }

  /** The maximum number of messages in flight. */
  get peak(): number {
    return this.#peak;
  }

  /** @returns whether a message that starts now is a member */
  join(load: number): boolean {
    if (load > this.#peak) this.#peak = load;
    this.#untilNext -= 1;
    if (this.#untilNext > 0) return false;
    if (this.#members >= this.size) return false;
    this.#untilNext = this.#stride;
    this.#members += 1;
    return true;
  }

  /** Takes a member back that did not succeed: another message takes its place. */
  leave(): void {
    this.#members -= 1;
  }

  end(): void {
    this.ends += 1;
    if (this.#members >= this.size) this.#waited += 1;
  }

  /** @param load the number of messages in flight when the member was started */
  measure(latencyMs: number, load: number): void {
    this.#latencies.push(Math.max(latencyMs, MIN_LATENCY_MS));
    this.#loads += load;
  }

  get isComplete(): boolean {
    const { length } = this.#latencies;
    if (length >= this.size || this.failures >= this.size) return true;
    return length >= QUORUM * this.size && this.#waited >= this.#patience;
  }

  /** True if its messages were started together, so that they may have waited for each other in the event loop. */
  get isBurst(): boolean {
    return this.#loads < BURST * this.#peak * this.#latencies.length;
  }

  /** Returns the window's measurement; `undefined` if too few members have succeeded. */
  result(): Point | undefined {
    const ended = this.#latencies.length;
    if (ended < QUORUM * this.size) return undefined;
    const sorted = Float64Array.from(this.#latencies).sort();
    const max = sorted[Math.ceil(QUORUM * this.size) - 1] ?? NaN;
    let sum = 0;
    let squares = 0;
    for (let place = 0; place < this.size; place += 1) {
      const latency = Math.min(sorted[place] ?? max, max);
      sum += latency;
      squares += latency ** 2;
    }
    const mean = sum / this.size;
    const variance = Math.max(squares / this.size - mean ** 2, 0);
    return {
      load: Math.log(this.#loads / ended),
      latency: Math.log(mean),
      error: Math.sqrt(variance / this.size) / mean + MIN_ERROR,
    };
  }
}
