/**
 * How much of each coming second the batches in work hold, in slots. A batch of 2.5 seconds holds a slot for two
 * seconds and half of one for a third, so that on the mean over time as many are held as Little's law says: batches a
 * second × seconds a batch.
 */
export class BatchesInWork {
  readonly #held: Float64Array;

  /** @param longestSeconds that a batch takes */
  constructor(longestSeconds: number) {
    this.#held = new Float64Array(Math.ceil(longestSeconds) + 1);
  }

  /** Slots held in a second by what was started until now. */
  heldIn(second: number): number {
    return this.#held[second % this.#held.length] ?? 0;
  }

  /** @param batches that take so many seconds each, begun in that second */
  start(second: number, batches: number, seconds: number): void {
    for (let ahead = 0; ahead < seconds; ahead += 1) {
      const place = (second + ahead) % this.#held.length;
      this.#held[place] = (this.#held[place] ?? 0) + batches * Math.min(1, seconds - ahead);
    }
  }

  /** Forgets a second that is over. */
  end(second: number): void {
    this.#held[second % this.#held.length] = 0;
  }
}
