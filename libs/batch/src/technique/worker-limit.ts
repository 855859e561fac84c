import type { AdaptiveLimit, Ticket } from '../adaptive/adaptive-limit.ts';
import type { AdaptiveWorkers } from '../adaptive/adaptive-workers.ts';
import type { Deadline } from '../deadline.ts';
import { heldBack, notStarted, type Outcome } from '../outcome.ts';

/** Maximum milliseconds that a batch waits for its next attempt while everything fails. */
const MAX_PAUSE_MS = 1_000;

/** The part of a deadline that is used here. */
type StopSignal = Pick<Deadline, 'reached' | 'signal'>;

/**
 * The limit of the messages in flight, over all batches that are processed at a time. A place that becomes
 * free goes to the waiting batch that has the fewest.
 */
export class WorkerLimit {
  /** The maximum number of workers of a batch. */
  readonly max: number;
  /** Returns the meaning of an error for the limit; `undefined` for a fixed number of workers. */
  readonly endingOf: AdaptiveWorkers['endingOf'] | undefined;
  /** The limit that is measured; `undefined` for a fixed number of workers. */
  readonly adaptive: AdaptiveLimit | undefined;
  #taken = 0;
  /** Functions that grant a place to the waiting workers of each batch. The batches are in order of arrival. */
  readonly #waiting = new Map<WorkerShare, ((value: undefined) => void)[]>();
  #timer: NodeJS.Timeout | undefined;

  constructor(workers: number | AdaptiveWorkers) {
    const isFixed = typeof workers === 'number';
    this.max = isFixed ? workers : workers.max;
    this.adaptive = isFixed ? undefined : workers.createLimit();
    this.endingOf = isFixed ? undefined : workers.endingOf;
  }

  /** Returns the part of one batch. End it with the batch. */
  share(deadline: StopSignal): WorkerShare {
    this.adaptive?.beginBatch();
    const share = new WorkerShare(this, deadline);
    void deadline.reached.then(() => {
      share.close();
    });
    return share;
  }

  /** Returns whether a worker of a batch may keep its place for another message: no batch that waits has fewer. */
  keeps(share: WorkerShare): boolean {
    const { adaptive } = this;
    if (adaptive && (this.#taken > adaptive.limit || adaptive.isPaused)) return false;
    if (this.#waiting.size === 0 || (this.#waiting.size === 1 && this.#waiting.has(share))) return true;
    return this.#fewest().taken >= share.taken - 1;
  }

  /** Takes a place if there is one. */
  take(): boolean {
    if (this.#waiting.size > 0 || !this.#hasRoom()) return false;
    this.#taken += 1;
    return true;
  }

  /** Gives places back. */
  release(places: number): void {
    this.#taken -= places;
    this.grant();
  }

  /** Waits for a place, which is taken when the promise is fulfilled, unless the share was closed before. */
  wait(share: WorkerShare): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const workers = this.#waiting.get(share);
    if (workers) workers.push(resolve);
    else this.#waiting.set(share, [resolve]);
    this.grant();
    return promise;
  }

  /** Lets the workers of a share go that wait. */
  dismiss(share: WorkerShare): void {
    const workers = this.#waiting.get(share) ?? [];
    this.#waiting.delete(share);
    for (const grant of workers) grant(undefined);
    if (this.#waiting.size === 0) this.#clearTimer();
  }

  /** Returns the batch with the fewest places among those that wait. */
  #fewest(): WorkerShare {
    return [...this.#waiting.keys()].reduce((fewest, one) => (one.taken < fewest.taken ? one : fewest));
  }

  #hasRoom(): boolean {
    const { adaptive } = this;
    if (!adaptive) return this.#taken < this.max;
    return this.#taken < adaptive.limit && adaptive.pauseMs() === 0;
  }

  /** Gives free places to the workers that wait: call it when the limit may have grown. */
  grant(): void {
    while (this.#waiting.size > 0 && this.#hasRoom()) {
      const share = this.#fewest();
      const workers = this.#waiting.get(share) ?? [];
      const grant = workers.pop();
      if (workers.length === 0) this.#waiting.delete(share);
      this.#taken += 1;
      share.grant();
      grant?.(undefined);
    }
    if (this.#waiting.size === 0) this.#clearTimer();
    else if (this.adaptive?.isPaused) this.#waitForPause(this.adaptive);
  }

  #waitForPause(adaptive: AdaptiveLimit): void {
    const pauseMs = adaptive.pauseMs();
    if (pauseMs === 0 || this.#timer !== undefined) return;
    if (pauseMs > MAX_PAUSE_MS) {
      for (const share of [...this.#waiting.keys()]) share.holdBack();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.grant();
    }, pauseMs);
  }

  #clearTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** The part of a `WorkerLimit` that one batch has. */
export class WorkerShare {
  readonly #limit: WorkerLimit;
  readonly #deadline: StopSignal;
  /** The places of the batch's workers. */
  taken = 0;
  #granted = 0;
  #inFlight = 0;
  #isClosed = false;
  #isHeldBack = false;
  #hasEnded = false;

  constructor(limit: WorkerLimit, deadline: StopSignal) {
    this.#limit = limit;
    this.#deadline = deadline;
  }

  /** True if messages of the batch were not started, because everything failed. */
  get isHeldBack(): boolean {
    return this.#isHeldBack;
  }

  /** The outcome of a message that was not started. */
  get notStarted(): Outcome {
    return this.#isHeldBack ? heldBack : notStarted;
  }

  /**
   * Takes a place for the next message of a worker, or keeps the one that it has.
   *
   * @returns `true` for a place; a promise to await before the next call; `undefined` when no message may be started any more
   */
  take(holds: boolean): true | Promise<void> | undefined {
    if (holds) {
      if (this.#limit.keeps(this)) return true;
      this.leave();
    }
    if (this.#isClosed) return undefined;
    if (this.#granted > 0) {
      this.#granted -= 1;
      return true;
    }
    if (this.#limit.take()) {
      this.taken += 1;
      return true;
    }
    return this.#limit.wait(this);
  }

  /** Records that a place was taken for a worker that waits. */
  grant(): void {
    this.#granted += 1;
    this.taken += 1;
  }

  /** Gives a place back. */
  leave(): void {
    // After the end of the batch its places are given back already.
    if (this.taken === 0) return;
    this.taken -= 1;
    this.#limit.release(1);
  }

  /** Records the start of a message. */
  start(): Ticket | undefined {
    const { adaptive } = this.#limit;
    if (!adaptive) return undefined;
    this.#inFlight += 1;
    return adaptive.start();
  }

  /** Records the end of a message. */
  finish(ticket: Ticket | undefined, failure: { readonly error: unknown } | undefined): void {
    const { adaptive, endingOf } = this.#limit;
    if (!ticket || !adaptive || this.#hasEnded) return;
    this.#inFlight -= 1;
    if (!failure) adaptive.end(ticket, 'succeeded');
    else if (this.#deadline.signal.aborted) adaptive.end(ticket, 'ignored');
    else adaptive.end(ticket, endingOf?.(failure.error) ?? 'failed');
    this.#limit.grant();
  }

  /** Starts no more messages of this batch, because everything fails. */
  holdBack(): void {
    this.#isHeldBack = true;
    this.close();
  }

  /** Lets workers go that wait: no message of this batch may be started any more. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#limit.dismiss(this);
  }

  /** Ends the batch: what is abandoned counts no more. */
  end(): void {
    this.close();
    this.#hasEnded = true;
    this.#limit.adaptive?.endBatch(this.#inFlight);
    const taken = this.taken;
    this.taken = 0;
    this.#granted = 0;
    if (taken > 0) this.#limit.release(taken);
  }
}
