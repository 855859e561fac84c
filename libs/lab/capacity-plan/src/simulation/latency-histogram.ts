/** Neighbouring classes differ by 1%, so a percentile is exact to 0.5%. */
const step = Math.log(1.01);
const minSeconds = 1e-4;
const classes = 2_400;

/** A histogram of the times from the arrival of messages until they are processed. */
export class LatencyHistogram {
  readonly #weights = new Float64Array(classes);
  #total = 0;

  /** @param number of messages with this time */
  add(seconds: number, messages: number): void {
    const place = Math.round(Math.log(Math.max(seconds, minSeconds) / minSeconds) / step);
    const within = Math.min(place, classes - 1);
    this.#weights[within] = (this.#weights[within] ?? 0) + messages;
    this.#total += messages;
  }

  /**
   * @param share such as 0.99
   * @returns seconds; `undefined` if no message was processed
   */
  percentile(share: number): number | undefined {
    if (this.#total === 0) return undefined;
    let sum = 0;
    const place = this.#weights.findIndex((weight) => (sum += weight) >= share * this.#total);
    return minSeconds * Math.exp((place === -1 ? classes - 1 : place) * step);
  }
}
