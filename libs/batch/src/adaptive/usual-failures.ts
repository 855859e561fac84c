/** The number of ends before and after the limit was halved that are compared. */
const MIN_ENDS = 20;
/** Failures are usual if halving the limit leaves at least so large a part of their share. */
const UNCHANGED = 0.6;
/** Tolerated failures above the usual share, and at least at a time. */
const TOLERANCE = 1.5;
const MIN_TOLERATED = 4;

interface Count {
  ends: number;
  failures: number;
}

/**
 * Measures the share of failures that no limit avoids, such as those of broken messages: the share that stays when the limit is
 * lowered.
 */
export class UsualFailures {
  #share = 0;
  #tolerated = 0;
  #startLimit = 0;
  #before: Count = { ends: 0, failures: 0 };
  #after: Count = { ends: 0, failures: 0 };

  /**
   * Records an end.
   *
   * @returns the limit at which the failures began, if they turn out to be usual: they do not depend on the limit
   */
  record(hasFailed: boolean, limit: number): number | undefined {
    if (this.#share > 0) {
      const max = MIN_TOLERATED + this.#share * limit;
      this.#tolerated = Math.min(this.#tolerated + TOLERANCE * this.#share, max);
    }
    if (limit >= this.#startLimit) {
      this.#startLimit = limit;
      if (this.#after.ends > 0) this.#after = { ends: 0, failures: 0 };
    }
    const count = limit > this.#startLimit / 2 ? this.#before : this.#after;
    count.ends += 1;
    if (hasFailed) count.failures += 1;
    if (this.#before.ends > 10 * MIN_ENDS) {
      // Whole numbers: V8 allocates memory for others.
      this.#before = { ends: this.#before.ends >> 1, failures: this.#before.failures >> 1 };
    }
    if (this.#after.ends < MIN_ENDS) return undefined;
    const after = shareOf(this.#after);
    const isUsual = after > 0 && after >= UNCHANGED * shareOf(this.#before);
    const start = this.#startLimit;
    this.#share = isUsual ? after : 0;
    this.#startLimit = isUsual ? start : limit;
    this.#before = { ends: 0, failures: 0 };
    this.#after = { ends: 0, failures: 0 };
    return isUsual ? start : undefined;
  }

  /** Returns whether a failure is one of the usual ones. */
  tolerates(): boolean {
    if (this.#tolerated < 1) return false;
    this.#tolerated -= 1;
    return true;
  }
}

function shareOf({ ends, failures }: Count): number {
  return failures / Math.max(1, ends);
}
