/** The number of windows that the curve is fitted to. */
const MAX_POINTS = 10;
/** The weight of a window, relative to the one after it. */
const AGING = 0.75;
/** Range of windows that count at a load, as a logarithm: at least, and as a multiple of their error. */
const MIN_BANDWIDTH = 0.25;
const BANDWIDTH_ERRORS = 5;
/** The variance of the loads, as logarithms, below which nothing can be said about the slope. */
const MIN_VARIANCE = 0.0015;
/** The standard error that no window is better than. */
const MODEL_ERROR = 0.02;
/** A change of latency between windows, as a logarithm, that the load alone does not explain: at least, and as a multiple of the error. */
const MIN_SURPRISE = 0.35;
const SURPRISE_ERRORS = 4;
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

/** The throughput of a service over its load, as far as the last windows know it. */
export class ThroughputCurve {
  #points: Point[] = [];

  /**
   * Adds what a window has measured.
   *
   * @returns whether the service has changed: the latency is different from before, and the load does not explain it. Then the
   * windows before are forgotten.
   */
  add(point: Point): boolean {
    const last = this.#points.at(-1);
    const hasChanged = last !== undefined && isSurprise(point, last);
    if (hasChanged) this.#points = [];
    this.#points.push(point);
    if (this.#points.length > MAX_POINTS) this.#points.shift();
    return hasChanged;
  }

  clear(): void {
    this.#points = [];
  }

  /** Returns the elasticity near the last window; `undefined` if the load was the same in all windows. */
  elasticity(): Elasticity | undefined {
    const newest = this.#points.length - 1;
    const here = this.#points[newest];
    if (!here) return undefined;
    const bandwidth = Math.max(MIN_BANDWIDTH, BANDWIDTH_ERRORS * here.error);
    const weighted = this.#points.map((point, index) => {
      const distance = (point.load - here.load) / bandwidth;
      const precision = 1 / (point.error ** 2 + MODEL_ERROR ** 2);
      return { ...point, weight: AGING ** (newest - index) * Math.exp(-(distance ** 2) / 2) * precision };
    });
    const weights = sum(weighted, ({ weight }) => weight);
    const meanLoad = sum(weighted, ({ weight, load }) => weight * load) / weights;
    const meanLatency = sum(weighted, ({ weight, latency }) => weight * latency) / weights;
    const variance = sum(weighted, ({ weight, load }) => weight * (load - meanLoad) ** 2);
    if (variance / weights < MIN_VARIANCE) return undefined;
    const covariance = sum(
      weighted,
      ({ weight, load, latency }) => weight * (load - meanLoad) * (latency - meanLatency),
    );
    const noise = sum(weighted, ({ weight, load, error }) => (weight * (load - meanLoad) * error) ** 2);
    // Throughput is load / latency (Little's law), so its slope is one less that of the latency.
    return { value: 1 - covariance / variance, error: Math.sqrt(noise) / variance };
  }
}

function isSurprise(point: Point, last: Point): boolean {
  const tolerance = Math.max(MIN_SURPRISE, SURPRISE_ERRORS * (point.error + last.error));
  const explained = MAX_SLOPE * (point.load - last.load);
  const difference = point.latency - last.latency;
  return difference > Math.max(0, explained) + tolerance || difference < Math.min(0, explained) - tolerance;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
