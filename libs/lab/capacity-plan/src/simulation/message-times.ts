/** Neighbouring classes are a hundredth apart, so a percentile is exact to half of that. */
const step = Math.log(1.01);
const leastSeconds = 1e-4;
const classes = 2_400;

/** The times that messages took from their arrival until they were done, each with how many messages it stands for. */
export class MessageTimes {
  readonly #weights = new Float64Array(classes);
  #total = 0;

  add(seconds: number, messages: number): void {
    const place = Math.round(Math.log(Math.max(seconds, leastSeconds) / leastSeconds) / step);
    const within = Math.min(place, classes - 1);
    this.#weights[within] = (this.#weights[within] ?? 0) + messages;
    this.#total += messages;
  }

  /**
   * @param share such as 0.99
   * @returns seconds; nothing when no message was done
   */
  percentile(share: number): number | undefined {
    if (this.#total === 0) return undefined;
    let sum = 0;
    const place = this.#weights.findIndex((weight) => (sum += weight) >= share * this.#total);
    return leastSeconds * Math.exp((place === -1 ? classes - 1 : place) * step);
  }
}
