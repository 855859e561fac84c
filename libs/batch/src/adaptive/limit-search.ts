import type { MeasurementWindow, WindowOptions } from './measurement-window.ts';
import { ThroughputCurve, type Point } from './throughput-curve.ts';

/** Steps of the limit, as logarithms. */
const DOWN = Math.log(1.15);
const SMALL = Math.log(1.2);
const MEDIUM = Math.log(1.4);
const LARGE = Math.log(1.9);
const FASTEST = Math.log(2.6);

/** The elasticity below which growing does not pay, and those from which on the limit grows faster and fastest. */
const MIN_ELASTICITY = 0.2;
const HIGH_ELASTICITY = 0.6;
const DOUBLING_ELASTICITY = 0.88;
const FREE_ELASTICITY = 0.9;
/** The number of windows from which on the limit may grow by the largest step: messages of the first are slow because the function is cold. */
const FASTEST_WINDOWS = 2;
/**
 * The latency, as a multiple of that of the free service, from which on more elasticity is required, up to 1. Where several
 * functions share a service, each one gains by growing, at the cost of the others.
 */
const CROWDED = 3;
const OVERCROWDED = 6;
/** A latency, as a multiple of that of the free service, at which the limit is lowered to see whether that helps. */
const SUSPICIOUS = 1.3;
/** Assumed rise of the latency of the free service with each window, as a logarithm. */
const BASE_AGING = 0.003;
/** The share of a window's messages that may be rejected while the limit grows. */
const MAX_REJECTED = 0.01;
/** The limit counts as used if so large a share of it was in flight. */
const USED = 0.7;
/** The share of time that the event loop is busy from which on it is full, and from which on a burst may have waited for it. */
const FULL_LOOP = 0.95;
const BUSY_LOOP = 0.4;
/** A full event loop makes messages slow. The limit shrinks only where they take longer than this multiple of the free latency. */
const MAX_LOOP_CROWD = 2;

/** Measurement that a search decides by. */
interface Measured {
  readonly limit: number;
  readonly window: MeasurementWindow;
  readonly point: Point;
  /** The share of time that the event loop was busy during the window. */
  readonly utilization: number;
}

/**
 * Climbs the curve of throughput over load: grows while that raises the throughput, and shrinks while that costs none. It starts
 * with large steps, to find the order of magnitude.
 */
export class LimitSearch {
  readonly #curve = new ThroughputCurve();
  readonly #onFaster: () => void;
  /** The logarithm of the latency of the free service. */
  #base = Infinity;
  #isStarting = true;
  #direction: 1 | -1 = 1;
  #step = LARGE;
  #wasSlower = false;
  /** True if the service has rejected messages: then most of the largest step would be rejected. */
  #wasRejected = false;

  /** @param onFaster is called when messages are faster than the load explains */
  constructor(onFaster: () => void) {
    this.#onFaster = onFaster;
  }

  /** The windows to measure in. While the limit grows by large steps, the messages that are started together suffice. */
  get windowOptions(): Pick<WindowOptions, 'share' | 'isHasty'> {
    return { share: this.#isStarting && this.#base < Infinity ? 0.5 : 1, isHasty: this.#isStarting };
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Ends the large steps. */
  stopDoubling(): void {
    this.#isStarting = false;
  }

  /** Ends the large steps, because the service rejects messages. */
  reject(): void {
    this.stopDoubling();
    this.#wasRejected = true;
  }

  /** Starts again with large steps. */
  restart(): void {
    this.#curve.clear();
    this.#isStarting = true;
  }

  /** Discards the latency of the idle service. */
  forget(): void {
    this.#base = Infinity;
    this.#wasRejected = false;
    this.restart();
  }

  /**
   * Returns the next limit after a window.
   *
   * @param hasMoreCapacity whether the service is known to have more capacity than before
   */
  next(measured: Measured, hasMoreCapacity: boolean): number {
    const { limit, window, point, utilization } = measured;
    if (hasMoreCapacity) this.restart();
    this.#base = Math.min(this.#base + BASE_AGING, point.latency + point.error);
    if (window.rejections > MAX_REJECTED * window.ends) return limit;
    const crowd = Math.exp(point.latency - point.error - this.#base);
    const isLoopFull = utilization > FULL_LOOP;
    const change = this.#curve.changeAt(point);
    if (this.#isDoubtful(measured, change, this.#pays(point, crowd))) return limit;
    this.#curve.add(point);
    if (change === 'faster') {
      this.#isStarting = true;
      this.#onFaster();
    }
    if (!this.#pays(point, crowd)) {
      const isLarge = (this.#isStarting || change === 'slower') && !isLoopFull;
      this.#isStarting = false;
      if (isLoopFull && crowd < MAX_LOOP_CROWD) return limit;
      return this.#shrink(limit, isLarge ? 0.8 * Math.log(crowd) : DOWN);
    }
    return window.peak < USED * limit ? limit : this.#grow(limit, this.#nextStep(point));
  }

  /**
   * Returns whether to measure again before the limit shrinks: the process may have paused, or the messages that were started together have
   * waited for each other in the event loop.
   */
  #isDoubtful(
    { window, utilization }: Measured,
    change: 'slower' | 'faster' | undefined,
    pays: boolean,
  ): boolean {
    const isFirst = change === 'slower' && !this.#wasSlower;
    this.#wasSlower = isFirst;
    return isFirst || (window.isBurst && utilization > BUSY_LOOP && !pays);
  }

  #pays(point: Point, crowd: number): boolean {
    const elasticity = this.#curve.elasticity(point);
    // The first window, the first after a change, or the limit has not changed for long.
    if (!elasticity) return crowd <= SUSPICIOUS;
    const { value, error } = elasticity;
    if (this.#isStarting && value + error < HIGH_ELASTICITY) return false;
    const crowding = Math.min(Math.max((crowd - CROWDED) / (OVERCROWDED - CROWDED), 0), 1);
    return value + 0.4 * error >= MIN_ELASTICITY + (1 - MIN_ELASTICITY) * crowding;
  }

  #nextStep(point: Point): number {
    const elasticity = this.#curve.elasticity(point);
    if (!elasticity) return this.#isStarting ? LARGE : SMALL;
    const { value, error } = elasticity;
    if (!this.#isStarting) {
      const isFree = value >= HIGH_ELASTICITY && this.#direction > 0;
      if (isFree) return Math.min(1.5 * this.#step, LARGE);
      // Above its limit a service that rejects has a short queue at most: a larger step costs little, and finds new capacity sooner.
      return this.#wasRejected ? MEDIUM : SMALL;
    }
    const isFastest = value > FREE_ELASTICITY && this.#curve.windows > FASTEST_WINDOWS && !this.#wasRejected;
    if (isFastest) return FASTEST;
    return value + error > DOUBLING_ELASTICITY ? LARGE : MEDIUM;
  }

  #grow(limit: number, step: number): number {
    this.#direction = 1;
    this.#step = step;
    return Math.max(limit * Math.exp(step), limit + 1);
  }

  #shrink(limit: number, wanted: number): number {
    this.#step = SMALL;
    this.#direction = -1;
    const step = Math.min(Math.max(wanted, DOWN), LARGE);
    return Math.min(limit * Math.exp(-step), limit - 1);
  }
}
