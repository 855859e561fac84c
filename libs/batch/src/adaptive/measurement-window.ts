import type { Point } from './throughput-curve.ts';

/** The number of messages of a window: that of the limit, in this range. */
const MIN_MESSAGES = 8;
const MAX_MESSAGES = 200;
/** The share of a window that must have ended. The rest may hang, and belongs to the tail of the latencies. */
const QUORUM = 0.75;
/** A window with a quorum waits for its other messages until it is as old as this number of mean latencies. */
const PATIENCE = 2;
const MIN_LATENCY_MS = 0.01;
/** The standard error that no window is better than. */
const MIN_ERROR = 0.01;

/**
 * Measures the messages that were started first after the limit was set: all of them have met the new load. In the order of
 * their ends, fast messages would come first.
 */
export class MeasurementWindow {
  readonly #openedMs: number;
  readonly #wanted: number;
  #members = 0;
  #succeeded = 0;
  #latencySum = 0;
  #squareSum = 0;
  #loadSum = 0;
  /** The number of messages that have ended since the window was opened, whether they are members or not. */
  ends = 0;
  failures = 0;
  rejections = 0;

  constructor(limit: number, nowMs: number) {
    this.#openedMs = nowMs;
    this.#wanted = Math.round(Math.min(Math.max(limit, MIN_MESSAGES), MAX_MESSAGES));
  }

  /** Returns whether a message that starts now is a member. */
  join(): boolean {
    if (this.#members >= this.#wanted) return false;
    this.#members += 1;
    return true;
  }

  /** Takes a member back that did not succeed: another message takes its place. */
  leave(): void {
    this.#members -= 1;
  }

  /** @param load the number of messages in flight when the member ended */
  measure(latencyMs: number, load: number): void {
    const latency = Math.max(latencyMs, MIN_LATENCY_MS);
    this.#succeeded += 1;
    this.#latencySum += latency;
    this.#squareSum += latency ** 2;
    this.#loadSum += load;
  }

  isComplete(nowMs: number): boolean {
    if (this.#succeeded >= this.#wanted || this.failures >= this.#wanted) return true;
    if (this.#succeeded < this.#wanted * QUORUM) return false;
    return nowMs - this.#openedMs >= (PATIENCE * this.#latencySum) / this.#succeeded;
  }

  /** Returns what the window has measured; `undefined` if no member has succeeded. */
  result(): Point | undefined {
    const count = this.#succeeded;
    if (count === 0) return undefined;
    const mean = this.#latencySum / count;
    const variance = Math.max(this.#squareSum / count - mean ** 2, 0);
    return {
      load: Math.log(this.#loadSum / count),
      latency: Math.log(mean),
      error: Math.sqrt(variance / count) / mean + MIN_ERROR,
    };
  }
}
