import { FailurePause } from './failure-pause.ts';
import { LimitSearch } from './limit-search.ts';
import { MeasurementWindow } from './measurement-window.ts';
import { RejectionCeiling } from './rejection-ceiling.ts';
import { UsualFailures } from './usual-failures.ts';

/** End of a message, as far as the limit is concerned. */
export type Ending =
  | 'succeeded'
  /** The service refused it, because it is throttled, overloaded or unreachable. */
  | 'rejected'
  /** It failed, and the error does not say whether the service is overloaded. */
  | 'failed'
  /** Has no information about the service. */
  | 'ignored';

/** The range of an `AdaptiveLimit`. */
export interface LimitRange {
  readonly min: number;
  readonly max: number;
}

/** Clocks that an `AdaptiveLimit` reads. */
export interface Clocks {
  /** Returns the time in milliseconds. */
  readonly now: () => number;
  /** Returns the share of time that the event loop was busy since the last call. */
  readonly utilization: () => number;
}

/** A message in flight. Those that are not measured share a ticket. */
export interface Ticket {
  /** The window that the message is a member of. */
  readonly window: MeasurementWindow | undefined;
  readonly startedMs: number;
  /** The number of messages in flight when it was started, with itself. */
  readonly load: number;
  /** The number of rejections before it was started. */
  readonly rejections: number;
}

/** The limit that a new environment starts with, if its range allows. */
const FIRST_LIMIT = 22;
/** Milliseconds without a message after which the measurements are discarded. */
const FORGET_MS = 60_000;

/** Minimum duration of a window in milliseconds: not all fast messages are measured. */
const MIN_WINDOW_MS = 20;

/**
 * Finds the number of messages in flight at which a service has its best throughput. In windows it measures the latency at a
 * load, and a search climbs the curve of throughput over load. Rejections lower the limit immediately. It has no timer. It reads
 * the clock only for the messages that it measures, and for those that fail.
 *
 * Related: Vegas and Gradient2 of Netflix' concurrency-limits compare the latency with its minimum, which cannot distinguish a service
 * that is saturated from one that is slower but still gains; AIMD uses rejections only.
 *
 * @see https://github.com/Netflix/concurrency-limits
 */
export class AdaptiveLimit {
  readonly #range: LimitRange;
  readonly #isFixed: boolean;
  readonly #clocks: Clocks;
  readonly #pause = new FailurePause();
  readonly #ceiling = new RejectionCeiling();
  readonly #search = new LimitSearch(() => {
    this.#ceiling.forget();
  });
  #usual = new UsualFailures();
  #window: MeasurementWindow;
  /** The ticket of messages that are not measured. */
  #unmeasured: Ticket = { window: undefined, startedMs: NaN, load: NaN, rejections: 0 };
  #openedMs = -Infinity;
  #stride = 1;
  #limit: number;
  #inFlight = 0;
  #lastUsedMs = -Infinity;

  constructor(range: LimitRange, clocks: Clocks) {
    this.#range = range;
    this.#isFixed = range.min === range.max;
    this.#clocks = clocks;
    this.#limit = this.#inRange(FIRST_LIMIT);
    this.#window = this.#openWindow();
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
  pauseMs(): number {
    return this.#pause.isOn ? this.#pause.waitMs(this.#clocks.now()) : 0;
  }

  /** Discards old measurements. While everything fails, the first message of a batch may start immediately. */
  beginBatch(): void {
    const nowMs = this.#clocks.now();
    if (this.#inFlight === 0 && nowMs - this.#lastUsedMs > FORGET_MS) this.#forget();
    this.#lastUsedMs = nowMs;
    this.#pause.shorten(nowMs);
  }

  /** @param abandoned the number of messages that are abandoned */
  endBatch(abandoned: number): void {
    this.#lastUsedMs = this.#clocks.now();
    this.#inFlight -= abandoned;
    if (abandoned > 0) this.#window = this.#openWindow();
  }

  start(): Ticket {
    const window = this.#window;
    this.#inFlight += 1;
    if (this.#isFixed || !window.join(this.#inFlight)) return this.#unmeasured;
    return { window, startedMs: this.#clocks.now(), load: this.#inFlight, rejections: this.#ceiling.count };
  }

  end(ticket: Ticket, ending: Ending): void {
    this.#inFlight -= 1;
    if (this.#isFixed) {
      if (ending === 'succeeded') this.#pause.succeed();
      else if (ending !== 'ignored') this.#pause.fail(this.#limit, this.#clocks.now());
      return;
    }
    const window = this.#window;
    const isMember = ticket.window === window;
    if (isMember && ending !== 'succeeded') window.leave();
    if (ending === 'ignored') return;
    window.end();
    const restored = this.#usual.record(ending === 'failed', this.#limit);
    if (restored !== undefined) {
      this.#limit = this.#inRange(restored);
      this.#ceiling.forget();
    }
    if (ending === 'succeeded') {
      if (isMember) window.measure(this.#clocks.now() - ticket.startedMs, ticket.load);
      this.#ceiling.pass(ticket.rejections === this.#ceiling.count);
      if (this.#pause.succeed()) this.#restart(2);
    } else {
      this.#fail(ticket, ending);
    }
    if (this.#window.isComplete) this.#closeWindow();
  }

  #fail({ rejections }: Ticket, ending: 'rejected' | 'failed'): void {
    const nowMs = this.#clocks.now();
    this.#window.failures += 1;
    this.#pause.fail(this.#limit, nowMs);
    if (this.#pause.isOn) return;
    if (ending === 'failed' && this.#usual.tolerates()) return;
    this.#window.rejections += 1;
    this.#search.reject();
    const isNews = rejections === this.#ceiling.count;
    this.#limit = this.#inRange(this.#ceiling.reject(this.#limit, nowMs, isNews));
    this.#unmeasured = { ...this.#unmeasured, rejections: this.#ceiling.count };
  }

  #openWindow(): MeasurementWindow {
    const stride = this.#search.isStarting ? 1 : this.#stride;
    return new MeasurementWindow({ ...this.#search.windowOptions, limit: this.#limit, stride });
  }

  #closeWindow(): void {
    const window = this.#window;
    const point = window.result();
    this.#setStride(this.#clocks.now());
    if (point) {
      const utilization = this.#clocks.utilization();
      const hasMoreCapacity = this.#ceiling.observe(point);
      const wanted = this.#search.next({ limit: this.#limit, window, point, utilization }, hasMoreCapacity);
      this.#setLimit(wanted);
    }
    this.#window = this.#openWindow();
  }

  /** Spreads the members of the next window over some time, in which a pause of the process meets only some of them. */
  #setStride(nowMs: number): void {
    const endsPerMs = this.#window.ends / Math.max(nowMs - this.#openedMs, 0.1);
    this.#stride = Math.max(1, Math.floor((endsPerMs * MIN_WINDOW_MS) / this.#window.size));
    this.#openedMs = nowMs;
  }

  #setLimit(wanted: number): void {
    const limit = this.#limit;
    const allowed = wanted > limit ? this.#ceiling.allow(limit, wanted, this.#clocks.now()) : wanted;
    this.#limit = this.#inRange(allowed);
    if (allowed >= this.#range.max) this.#search.stopDoubling();
  }

  #inRange(limit: number): number {
    return Math.min(Math.max(limit, this.#range.min), this.#range.max);
  }

  #forget(): void {
    this.#search.forget();
    this.#usual = new UsualFailures();
    this.#pause.succeed();
    this.#restart(Math.max(this.#limit, FIRST_LIMIT));
  }

  #restart(limit: number): void {
    this.#limit = this.#inRange(limit);
    this.#ceiling.forget();
    this.#search.restart();
    this.#window = this.#openWindow();
  }
}
