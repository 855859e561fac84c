/**
 * Execution environments that stand ready: as many as were needed at one time within the seconds that one without work is
 * kept for.
 */
export class WarmEnvironments {
  readonly #keptSeconds: number;
  /** Falling counts, in the order of their seconds: the first is the most. */
  #needs: { readonly second: number; readonly count: number }[] = [];

  constructor(keptSeconds: number) {
    this.#keptSeconds = keptSeconds;
  }

  /** @returns how many of those needed have to be made new in that second */
  need(second: number, count: number): number {
    while (this.#needs[0] && this.#needs[0].second < second - this.#keptSeconds) this.#needs.shift();
    const ready = this.#needs[0]?.count ?? 0;
    while ((this.#needs.at(-1)?.count ?? Infinity) <= count) this.#needs.pop();
    this.#needs.push({ second, count });
    return Math.max(0, count - ready);
  }
}
