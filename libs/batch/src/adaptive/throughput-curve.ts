/** The number of windows that the curve is fitted to. */
const MAX_POINTS = 10;
/** The weight of a window, relative to the next window. */
const AGING = 0.75;
/** Range of windows that count at a load, as a logarithm: at least, and as a multiple of their error. */
const MIN_BANDWIDTH = 0.25;
const BANDWIDTH_ERRORS = 5;
/** The variance of the loads, as logarithms, below which nothing can be said about the slope. */
const MIN_VARIANCE = 0.0015;
/** The standard error that no window is better than. */
const MODEL_ERROR = 0.02;
/** A change of latency between windows, as a logarithm, that the load alone does not explain: at least, and as a multiple of the error. */
const MIN_SURPRISE = 0.13;
const SURPRISE_ERRORS = 3.5;
/** The largest slope of the latency over the load, both as logarithms: that of a saturated service is 1. */
const MAX_SLOPE = 1.3;

/** Measurements of one window: load and latency as logarithms, and the standard error of the latency. */
export interface Point {
  readonly load: number;
  readonly latency: number;
  readonly error: number;
}

/** Percent by which the throughput rises if the load rises by one percent: 1 for a free service, 0 for a saturated one. */
export interface Elasticity {
  readonly value: number;
  readonly error: number;
}

interface Fit {
  readonly load: number;
  readonly latency: number;
  readonly latencyError: number;
  /** `undefined` if all windows have had the same load. */
  readonly slope: number | undefined;
  readonly slopeError: number;
}

/** The throughput of a service over its load, from the last windows. */
export class ThroughputCurve {
  #points: Point[] = [];

  /** Adds the measurement of a window. If the service has changed, the earlier windows are discarded. */
  add(point: Point): void {
    if (this.changeAt(point)) this.#points = [];
    this.#points.push(point);
    if (this.#points.length > MAX_POINTS) this.#points.shift();
  }

  /** The number of windows that it uses. */
  get windows(): number {
    return this.#points.length;
  }

  clear(): void {
    this.#points = [];
  }

  /** Returns the elasticity near a window; `undefined` if the load was the same in all windows. */
  elasticity(here: Point): Elasticity | undefined {
    const isAdded = this.#points.at(-1) === here;
    const fit = this.#fit(here, isAdded ? this.#points : [...this.#points, here]);
    // Throughput is load / latency (Little's law), so its slope is one less that of the latency.
    return fit?.slope === undefined ? undefined : { value: 1 - fit.slope, error: fit.slopeError };
  }

  /** Returns how the service has changed: the latency is different from before, and the load does not explain it. */
  changeAt(point: Point): 'slower' | 'faster' | undefined {
    const fit = this.#fit(point, this.#points);
    if (!fit) return undefined;
    // The slope is between 0 (free) and a little more than 1 (saturated).
    const steepest = MAX_SLOPE * (point.load - fit.load);
    const difference = point.latency - fit.latency;
    const tolerance = Math.max(MIN_SURPRISE, SURPRISE_ERRORS * Math.hypot(point.error, fit.latencyError));
    if (difference > Math.max(0, steepest) + tolerance) return 'slower';
    return difference < Math.min(0, steepest) - tolerance ? 'faster' : undefined;
  }

  /** Fits a line to the last windows, above all to those near a load. */
  #fit(near: Point, points: readonly Point[]): Fit | undefined {
    const before = points.findLast(({ load }) => load !== near.load);
    const distance = before ? Math.abs(near.load - before.load) : 0;
    const bandwidth = Math.max(MIN_BANDWIDTH, BANDWIDTH_ERRORS * near.error, distance);
    const weighted = points.map((point, index) => {
      const distance = (point.load - near.load) / bandwidth;
      const precision = 1 / (point.error ** 2 + MODEL_ERROR ** 2);
      return {
        ...point,
        weight: AGING ** (points.length - index) * Math.exp(-(distance ** 2) / 2) * precision,
      };
    });
    const weights = sum(weighted, ({ weight }) => weight);
    if (weights === 0) return undefined;
    const load = sum(weighted, (point) => point.weight * point.load) / weights;
    const latency = sum(weighted, (point) => point.weight * point.latency) / weights;
    const variance = sum(weighted, (point) => point.weight * (point.load - load) ** 2);
    const covariance = sum(
      weighted,
      (point) => point.weight * (point.load - load) * (point.latency - latency),
    );
    const noise = sum(weighted, (point) => (point.weight * (point.load - load) * point.error) ** 2);
    const latencyError = Math.sqrt(sum(weighted, ({ weight, error }) => (weight * error) ** 2)) / weights;
    const slope = variance / weights < MIN_VARIANCE ? undefined : covariance / variance;
    return { load, latency, latencyError, slope, slopeError: Math.sqrt(noise) / variance };
  }
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
