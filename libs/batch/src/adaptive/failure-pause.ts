/** Milliseconds between attempts. */
const FIRST_MS = 100;
const MAX_MS = 10_000;
/** The number of failures without a success from which on messages are held back, and as a multiple of the limit. */
const MIN_FAILURES = 10;
const FAILURES_PER_LIMIT = 2;

/** Holds messages back while everything fails, like a circuit breaker, and allows a single attempt from time to time. */
export class FailurePause {
  #failures = 0;
  #ms = 0;
  #untilMs = -Infinity;

  get isOn(): boolean {
    return this.#ms > 0;
  }

  /** Returns the time until a message may try, in milliseconds. */
  waitMs(nowMs: number): number {
    return this.isOn ? Math.max(0, this.#untilMs - nowMs) : 0;
  }

  /** @returns whether the pause has just ended */
  succeed(): boolean {
    this.#failures = 0;
    const wasOn = this.isOn;
    this.#ms = 0;
    return wasOn;
  }

  fail(limit: number, nowMs: number): void {
    this.#failures += 1;
    if (!this.isOn && this.#failures < Math.max(MIN_FAILURES, FAILURES_PER_LIMIT * limit)) return;
    // Of those that were in flight together, only the first counts.
    if (nowMs < this.#untilMs) return;
    this.#ms = this.isOn ? Math.min(2 * this.#ms, MAX_MS) : FIRST_MS;
    this.#untilMs = nowMs + this.#ms;
  }

  /** Allows one attempt immediately. */
  shorten(nowMs: number): void {
    this.#untilMs = Math.min(this.#untilMs, nowMs);
  }
}
