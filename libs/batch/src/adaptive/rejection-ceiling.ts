import type { Point } from './throughput-curve.ts';

/** Milliseconds without a rejection after which the limit may grow again. */
const FORGET_MS = 3_000;
/** It may grow earlier: after this number of ends of messages per rejection, and at least these milliseconds. */
const ENDS_PER_REJECTION = 100;
const MIN_QUIET_MS = 250;
const MAX_COUNTED = 3;
/** A rejection after this number of ends is the first of a new series. */
const SERIES_GAP = 50;

/** A load is just below the ceiling from this share of it on. */
const NEAR = 0.8;
/** A difference of latencies, as a logarithm. */
const FASTER = 0.3;

/** Lowers the limit when the service rejects messages, and stores the rejected limit. */
export class RejectionCeiling {
  #ceiling = Infinity;
  #lastMs = -Infinity;
  #quietEnds = 0;
  #series = 0;
  #decrease = 0;
  #growth = 1;
  /** The logarithm of the latency below the ceiling. */
  #latency: number | undefined;
  /** The highest limit that was in use for a while without a rejection, before one followed. */
  #proven = 0;
  /** The number of rejections so far. */
  count = 0;

  /** Records that a message ended without being rejected. */
  pass(startedAfterLast: boolean): void {
    this.#quietEnds += 1;
    if (startedAfterLast) this.#decrease = 0;
  }

  /**
   * Records a rejection.
   *
   * @param startedAfterLast whether the message was started after the rejection before. Then the limit is still too high, and is
   * lowered faster. Otherwise the message only gives up its own place.
   * @returns the new limit
   */
  reject(limit: number, nowMs: number, startedAfterLast: boolean): number {
    const isFirst = this.#quietEnds > SERIES_GAP;
    if (isFirst && this.#ceiling < Infinity) this.#proven = Math.max(this.#proven, this.#ceiling);
    this.#series = isFirst ? 1 : this.#series + 1;
    this.#quietEnds = 0;
    this.#lastMs = nowMs;
    this.#growth = 1;
    this.#latency = undefined;
    this.count += 1;
    this.#decrease = startedAfterLast ? Math.min(Math.max(1, 2 * this.#decrease), Math.max(1, limit / 4)) : 1;
    this.#ceiling = Math.max(1, Math.round(limit - this.#decrease));
    return this.#ceiling;
  }

  /** Allows every limit. */
  forget(): void {
    this.#ceiling = Infinity;
  }

  /**
   * Records a measurement. If messages just below the ceiling are faster than after the last rejection, the ceiling is removed: the
   * service has more capacity than before.
   *
   * @returns whether it was removed
   */
  observe({ load, latency }: Point): boolean {
    if (load < Math.log(NEAR * this.#ceiling)) return false;
    if (this.#latency === undefined) this.#latency = latency;
    else if (latency < this.#latency - FASTER) {
      this.forget();
      return true;
    }
    return false;
  }

  /**
   * Returns the limit to grow to: near the ceiling by a quarter of the distance, and past it, once the service has not rejected
   * for a while, by steps that double. It stops once at the highest limit that the service could handle before: with more, it would
   * reject a large part of a step.
   */
  allow(limit: number, proposed: number, nowMs: number): number {
    const wanted = limit < this.#proven ? Math.min(proposed, this.#proven) : proposed;
    if (wanted <= this.#ceiling) return wanted;
    const distance = this.#ceiling - limit;
    if (distance >= 1) return limit + Math.max(1, distance / 4);
    const quietMs = nowMs - this.#lastMs;
    const quietEnds = ENDS_PER_REJECTION * Math.min(this.#series, MAX_COUNTED);
    if (quietMs < FORGET_MS && (quietMs < MIN_QUIET_MS || this.#quietEnds < quietEnds)) return limit;
    const grown = Math.min(wanted, limit + this.#growth);
    this.#growth *= 2;
    this.#ceiling = grown;
    return grown;
  }
}
