import { FailurePause } from './failure-pause.ts';
import { MeasurementWindow } from './measurement-window.ts';
import { RejectionCeiling } from './rejection-ceiling.ts';
import { ThroughputCurve, type Point } from './throughput-curve.ts';
import { UsualFailures } from './usual-failures.ts';

/** End of a message, as far as the limit is concerned. */
export type Ending =
  | 'succeeded'
  /** The service refused it, because it is throttled, overloaded or unreachable. */
  | 'rejected'
  /** It failed, and the error does not say whether the service is overloaded. */
  | 'failed'
  /** It says nothing about the service. */
  | 'ignored';

/** The range of an `AdaptiveLimit`. */
export interface LimitRange {
  readonly min: number;
  readonly max: number;
}

/** A message in flight. */
export interface Ticket {
  readonly startedMs: number;
  readonly window: MeasurementWindow | undefined;
  /** The number of rejections before it was started. */
  readonly rejections: number;
}

/** The limit that a new environment starts with, if its range allows. */
const FIRST_LIMIT = 16;
/** The limit from which on it may grow fourfold while the service is free. */
const FASTEST_LIMIT = 32;
const SMALL_STEP = Math.log(1.15);
const LARGE_STEP = Math.log(2);
const FASTEST_STEP = Math.log(4);

/** The elasticity below which growing does not pay, that from which on the limit grows faster, and that of a free service. */
const MIN_ELASTICITY = 0.15;
const HIGH_ELASTICITY = 0.6;
const FREE_ELASTICITY = 0.9;
/**
 * The latency, as a multiple of that of the free service, from which on more elasticity is required, up to 1. Where several
 * functions share a service, each one gains by growing, at the cost of the others.
 */
const CROWDED = 3;
const OVERCROWDED = 6;
/** A latency, as a multiple of that of the free service, at which the limit is lowered to see whether that helps. */
const SUSPICIOUS = 1.3;
/** The share of a window's messages that may be rejected while the limit grows. */
const MAX_REJECTED = 0.01;
/** Assumed rise of the latency of the free service with each window, as a logarithm. */
const BASE_AGING = 0.003;
/** The share of time that the event loop is busy from which on it, and not the service, makes messages slow. */
const MAX_UTILIZATION = 0.95;
/** The limit counts as used if so large a share of it was in flight. */
const USED = 0.7;
/** Milliseconds without a message after which the measurements are discarded. */
const FORGET_MS = 60_000;
/**
 * Finds the number of messages in flight at which a service has its best throughput. In windows it measures the latency at a
 * load, and climbs the curve of throughput over load: it grows while that raises the throughput, and shrinks while that costs none.
 * Rejections lower the limit at once. It holds no timer and reads no clock: time is passed in, in milliseconds.
 *
 * Related: Vegas and Gradient2 of Netflix' concurrency-limits compare the latency with its minimum, which cannot distinguish a service
 * that is saturated from one that is slower but still gains; AIMD knows rejections only.
 *
 * @see https://github.com/Netflix/concurrency-limits
 */
export class AdaptiveLimit {
  readonly #range: LimitRange;
  readonly #curve = new ThroughputCurve();
  readonly #pause = new FailurePause();
  #usual = new UsualFailures();
  #ceiling = new RejectionCeiling();
  #window: MeasurementWindow;
  #limit: number;
  #inFlight = 0;
  #lastEndMs = -Infinity;
  /** The logarithm of the latency of the free service. */
  #base = Infinity;
  /** True if the limit still grows by large steps to find the order of magnitude. */
  #isStarting = true;
  #direction: 1 | -1 = 1;
  #step = LARGE_STEP;
  constructor(range: LimitRange) {
    this.#range = range;
    this.#limit = this.#inRange(FIRST_LIMIT);
    this.#window = new MeasurementWindow(this.#limit, -Infinity);
  }

  /** The number of messages that may be in flight; 1 while everything fails. */
  get limit(): number {
    return this.#pause.isOn ? 1 : Math.round(this.#limit);
  }

  /** True if everything fails, so that a single message tries from time to time. */
  get isPaused(): boolean {
    return this.#pause.isOn;
  }

  /** Returns the time until a message may try again while everything fails, in milliseconds; else 0. */
  pauseMs(nowMs: number): number {
    return this.#pause.waitMs(nowMs);
  }

  /** Lets a message try at once while everything fails: the first of a batch. */
  shortenPause(nowMs: number): void {
    this.#pause.shorten(nowMs);
  }

  start(nowMs: number): Ticket {
    if (this.#inFlight === 0 && nowMs - this.#lastEndMs > FORGET_MS) this.#forget(nowMs);
    this.#inFlight += 1;
    const window = this.#window.join() ? this.#window : undefined;
    return { startedMs: nowMs, window, rejections: this.#ceiling.count };
  }

  /** @param utilization returns the share of time that the event loop was busy since it was called last */
  end(ticket: Ticket, nowMs: number, ending: Ending, utilization: () => number): void {
    this.#inFlight -= 1;
    this.#lastEndMs = nowMs;
    const member = ticket.window === this.#window;
    if (member && ending !== 'succeeded') this.#window.leave();
    if (ending === 'ignored') return;
    this.#window.ends += 1;
    const restored = this.#usual.record(ending === 'failed', this.#limit);
    if (restored !== undefined) {
      this.#limit = this.#inRange(restored);
      this.#ceiling = new RejectionCeiling();
    }
    if (ending === 'succeeded') {
      if (member) this.#window.measure(nowMs - ticket.startedMs, this.#inFlight + 1);
      this.#ceiling.pass(ticket.rejections === this.#ceiling.count);
      if (this.#pause.succeed()) this.#resume(nowMs);
    } else {
      this.#fail(ticket, nowMs, ending);
    }
    if (this.#window.isComplete(nowMs)) this.#closeWindow(nowMs, utilization());
  }

  /** Takes back an abandoned message. */
  abandon({ window }: Ticket): void {
    this.#inFlight -= 1;
    if (window === this.#window) window.leave();
  }

  #fail({ rejections }: Ticket, nowMs: number, ending: 'rejected' | 'failed'): void {
    this.#window.failures += 1;
    this.#pause.fail(this.#limit, nowMs);
    if (this.#pause.isOn) return;
    if (ending === 'failed' && this.#usual.tolerates()) return;
    this.#window.rejections += 1;
    this.#isStarting = false;
    const isNews = rejections === this.#ceiling.count;
    this.#limit = this.#inRange(this.#ceiling.reject(this.#limit, nowMs, isNews));
  }

  #closeWindow(nowMs: number, utilization: number): void {
    const window = this.#window;
    const point = window.result();
    if (point) this.#adjust(point, nowMs, utilization, window.rejections > MAX_REJECTED * window.ends);
    this.#window = new MeasurementWindow(this.#limit, nowMs);
  }

  #adjust(point: Point, nowMs: number, utilization: number, isRejected: boolean): void {
    this.#base = Math.min(this.#base + BASE_AGING, point.latency + point.error);
    this.#curve.add(point);
    if (isRejected) return;
    const isUsed = Math.exp(point.load) >= USED * this.#limit;
    const crowd = Math.exp(point.latency - point.error - this.#base);
    if (utilization > MAX_UTILIZATION) {
      if (crowd > 2) this.#shrink(SMALL_STEP);
      return;
    }
    const elasticity = this.#curve.elasticity();
    if (!elasticity) {
      // The first window, the first after a change of the service, or the limit has not changed for long.
      if (crowd > SUSPICIOUS) this.#shrink(0.8 * Math.log(crowd));
      else if (isUsed) this.#grow(this.#isStarting ? LARGE_STEP : SMALL_STEP, nowMs);
      return;
    }
    const { value, error } = elasticity;
    const crowding = Math.min(Math.max((crowd - CROWDED) / (OVERCROWDED - CROWDED), 0), 1);
    const required = MIN_ELASTICITY + (1 - MIN_ELASTICITY) * crowding;
    if (value + 0.4 * error < required) {
      const step = this.#isStarting || this.#direction < 0 ? 0.8 * Math.log(crowd) : SMALL_STEP;
      this.#isStarting = false;
      this.#shrink(step);
    } else if (this.#isStarting && value + error < HIGH_ELASTICITY) {
      // Back to the knee of the curve, then by small steps.
      this.#isStarting = false;
      this.#shrink(Math.log(crowd));
    } else if (isUsed) {
      // Shrinking did cost throughput: the messages are slow, not the service full.
      if (this.#direction < 0 && value - error > 0.8 && crowd > 1.5) this.#base = point.latency;
      this.#grow(this.#nextStep(value), nowMs);
    }
  }

  #nextStep(elasticity: number): number {
    if (!this.#isStarting) {
      const isFree = elasticity >= HIGH_ELASTICITY && this.#direction > 0;
      return isFree ? Math.min(1.5 * this.#step, LARGE_STEP) : SMALL_STEP;
    }
    return elasticity > FREE_ELASTICITY && this.#limit >= FASTEST_LIMIT ? FASTEST_STEP : LARGE_STEP;
  }

  #grow(step: number, nowMs: number): void {
    this.#direction = 1;
    this.#step = step;
    const wanted = Math.max(this.#limit * Math.exp(step), this.#limit + 1);
    this.#limit = this.#inRange(this.#ceiling.allow(this.#limit, wanted, nowMs));
  }

  #shrink(step: number): void {
    this.#direction = -1;
    this.#step = SMALL_STEP;
    const factor = Math.exp(-Math.min(Math.max(step, SMALL_STEP), LARGE_STEP));
    this.#limit = this.#inRange(Math.min(this.#limit * factor, this.#limit - 1));
  }

  #inRange(limit: number): number {
    return Math.min(Math.max(limit, this.#range.min), this.#range.max);
  }

  /** Starts again after everything has failed. */
  #resume(nowMs: number): void {
    this.#limit = this.#inRange(2);
    this.#restart(nowMs);
  }

  #forget(nowMs: number): void {
    this.#limit = this.#inRange(Math.max(this.#limit, FIRST_LIMIT));
    this.#base = Infinity;
    this.#usual = new UsualFailures();
    this.#pause.succeed();
    this.#restart(nowMs);
  }

  #restart(nowMs: number): void {
    this.#ceiling = new RejectionCeiling();
    this.#curve.clear();
    this.#isStarting = true;
    this.#window = new MeasurementWindow(this.#limit, nowMs);
  }
}
