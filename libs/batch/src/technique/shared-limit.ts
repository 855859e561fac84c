import type { Deadline } from '../deadline.ts';
import type { LaneCursor } from './lane-cursor.ts';

/**
 * Limits the messages in flight of a technique, over all batches that it processes at a time. A place that becomes free goes to
 * the waiting batch that has the fewest messages in flight.
 */
export class SharedLimit {
  readonly #max: number;
  #inFlight = 0;
  /** The batches of which a message waits for a place, the longest waiting first. */
  readonly #waiting = new Set<BatchPlaces>();

  /** @param max the maximum number of messages in flight, at least 1 */
  constructor(max: number) {
    this.#max = max;
  }

  /** Opens the places of a batch. Dispose of them before its outcomes are returned. */
  open(deadline: Deadline): BatchPlaces {
    return new BatchPlaces(this, deadline);
  }

  /** Returns whether a place was free, and now is taken. */
  takeIfFree(): boolean {
    if (this.#inFlight >= this.#max) return false;
    this.#inFlight += 1;
    return true;
  }

  /** Gives places back. */
  giveBack(count: number): void {
    this.#inFlight -= count;
    while (this.#waiting.size > 0 && this.takeIfFree()) {
      const next = [...this.#waiting].reduce((fewest, one) =>
        one.inFlight < fewest.inFlight ? one : fewest,
      );
      next.admit();
    }
  }

  /** @param waits whether a message of the batch waits for a place */
  setWaiting(places: BatchPlaces, waits: boolean): void {
    if (waits) this.#waiting.add(places);
    else this.#waiting.delete(places);
  }
}

/** The places of one batch among the messages in flight. */
export class BatchPlaces implements Disposable {
  /** The messages of the batch that are in flight. */
  inFlight = 0;
  readonly #limit: SharedLimit;
  readonly #deadline: Deadline;
  readonly #waiters: ((admitted: boolean) => void)[] = [];
  #closed = false;
  #listens = false;

  constructor(limit: SharedLimit, deadline: Deadline) {
    this.#limit = limit;
    this.#deadline = deadline;
  }

  /**
   * Takes a place for a message that the cursor has allowed to start, and waits for one if all are taken.
   *
   * @returns `true` at once if a place is free; otherwise a promise, fulfilled with whether the message may start: it may not
   * after the deadline, or after a failure meanwhile
   */
  enter(position: number, cursor: LaneCursor): true | Promise<boolean> {
    if (this.#limit.takeIfFree()) {
      this.inFlight += 1;
      return true;
    }
    return this.#wait(position, cursor);
  }

  /** Gives the place of a message back that has ended. */
  leave(): void {
    // The places of work that was abandoned are given back with the batch.
    if (this.#closed) return;
    this.inFlight -= 1;
    this.#limit.giveBack(1);
  }

  /** Lets the message that has waited longest start; its place is taken. */
  admit(): void {
    this.inFlight += 1;
    this.#waiters.shift()?.(true);
    if (this.#waiters.length === 0) this.#limit.setWaiting(this, false);
  }

  /** Gives all places back, also those of work that was abandoned and still runs. */
  [Symbol.dispose](): void {
    this.#closed = true;
    this.#refuseWaiters();
    this.#limit.giveBack(this.inFlight);
  }

  async #wait(position: number, cursor: LaneCursor): Promise<boolean> {
    this.#refuseWaitersAtDeadline();
    const admitted = await new Promise<boolean>((resolve) => {
      this.#waiters.push(resolve);
      this.#limit.setWaiting(this, true);
    });
    if (!admitted) return false;
    if (cursor.mayStart(position)) return true;
    this.leave();
    return false;
  }

  #refuseWaitersAtDeadline(): void {
    if (this.#listens) return;
    this.#listens = true;
    this.#deadline.signal.addEventListener('abort', () => {
      this.#refuseWaiters();
    });
  }

  #refuseWaiters(): void {
    this.#limit.setWaiting(this, false);
    for (const refuse of this.#waiters.splice(0)) refuse(false);
  }
}
