import type { AdaptiveLimit, Ticket } from '../adaptive/adaptive-limit.ts';
import type { AdaptiveWorkers } from '../adaptive/adaptive-workers.ts';
import type { Deadline } from '../deadline.ts';
import { heldBack, notStarted, type Outcome } from '../outcome.ts';
import { readSetting } from './setting.ts';

/** Maximum milliseconds that a batch waits for its next attempt while everything fails. */
const MAX_PAUSE_MS = 1_000;

/**
 * Reads the option `workers`, a number or `adaptive()`. The environment variable `WORKERS` overrides it.
 *
 * @throws {InvalidOptionError} when the number is not a whole number from 1 to 10,000
 */
export function readWorkers(option: number | AdaptiveWorkers | undefined): number | AdaptiveWorkers {
  const isSet = (process.env.WORKERS ?? '') !== '';
  if (typeof option === 'object' && !isSet) return option;
  return readSetting({
    name: 'workers',
    option: typeof option === 'object' ? undefined : option,
    variable: 'WORKERS',
    fallback: 100,
    max: 10_000,
  });
}

/** The part of a deadline that is used here. */
type StopSignal = Pick<Deadline, 'reached' | 'signal'>;

/**
 * The limit of the messages in flight, over all batches that are processed at a time. A place that becomes
 * free goes to the waiting batch that has the fewest.
 */
export class WorkerLimit {
  /** The maximum number of workers of a batch. */
  readonly max: number;
  readonly endingOf: AdaptiveWorkers['endingOf'] | undefined;
  readonly adaptive: AdaptiveLimit | undefined;
  /** The places taken by workers. */
  #taken = 0;
  /** The workers that wait for a place, in order of arrival. */
  readonly #waiting: { readonly share: WorkerShare; readonly grant: (value: undefined) => void }[] = [];
  /** The number of waiting workers of each batch that has some. */
  readonly #sharesWaiting = new Map<WorkerShare, number>();
  #timer: NodeJS.Timeout | undefined;
  #lastUtilization: ReturnType<typeof performance.eventLoopUtilization> | undefined;

  constructor(workers: number | AdaptiveWorkers) {
    const isFixed = typeof workers === 'number';
    this.max = isFixed ? workers : workers.max;
    this.adaptive = isFixed ? undefined : workers.createLimit();
    this.endingOf = isFixed ? undefined : workers.endingOf;
  }

  /** Returns the part of one batch. End it with the batch. */
  share(deadline: StopSignal): WorkerShare {
    this.adaptive?.shortenPause(performance.now());
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
    return this.#waiting.length === 0 || this.#fewest().taken >= share.taken - 1;
  }

  /** Takes a place if there is one. */
  take(): boolean {
    if (this.#waiting.length > 0 || !this.#hasRoom()) return false;
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
    this.#waiting.push({ share, grant: resolve });
    this.#sharesWaiting.set(share, (this.#sharesWaiting.get(share) ?? 0) + 1);
    this.grant();
    return promise;
  }

  /** Lets the workers of a share go that wait. */
  dismiss(share: WorkerShare): void {
    const own = this.#waiting.filter((one) => one.share === share);
    const others = this.#waiting.filter((one) => one.share !== share);
    this.#waiting.splice(0, Infinity, ...others);
    this.#sharesWaiting.delete(share);
    for (const { grant } of own) grant(undefined);
    if (others.length === 0) this.#clearTimer();
  }

  /** Returns the share of time that the event loop was busy since the last call. */
  readonly utilization = (): number => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#lastUtilization);
    this.#lastUtilization = now;
    return utilization;
  };

  /** Returns the batch with the fewest places among those that wait. */
  #fewest(): WorkerShare {
    return [...this.#sharesWaiting.keys()].reduce((fewest, one) => (one.taken < fewest.taken ? one : fewest));
  }

  #hasRoom(): boolean {
    const { adaptive } = this;
    if (!adaptive) return this.#taken < this.max;
    return this.#taken < adaptive.limit && adaptive.pauseMs(performance.now()) === 0;
  }

  /** Gives free places to the workers that wait: call it when the limit may have grown. */
  grant(): void {
    while (this.#waiting.length > 0 && this.#hasRoom()) {
      const share = this.#fewest();
      const [next] = this.#waiting.splice(
        this.#waiting.findIndex((one) => one.share === share),
        1,
      );
      if (!next) return;
      this.#taken += 1;
      const left = (this.#sharesWaiting.get(next.share) ?? 0) - 1;
      if (left > 0) this.#sharesWaiting.set(next.share, left);
      else this.#sharesWaiting.delete(next.share);
      next.share.grant();
      next.grant(undefined);
    }
    if (this.#waiting.length === 0) this.#clearTimer();
    else if (this.adaptive) this.#waitForPause(this.adaptive);
  }

  #waitForPause(adaptive: AdaptiveLimit): void {
    const pauseMs = adaptive.pauseMs(performance.now());
    if (pauseMs === 0 || this.#timer !== undefined) return;
    if (pauseMs > MAX_PAUSE_MS) {
      for (const share of [...this.#sharesWaiting.keys()]) share.holdBack();
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
  readonly #tickets = new Set<Ticket>();
  /** The places of the batch's workers. */
  taken = 0;
  #granted = 0;
  #isClosed = false;
  #isHeldBack = false;

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
    const ticket = adaptive.start(performance.now());
    this.#tickets.add(ticket);
    return ticket;
  }

  /** Records the end of a message. */
  finish(ticket: Ticket | undefined, failure: { readonly error: unknown } | undefined): void {
    const { adaptive, endingOf, utilization } = this.#limit;
    if (!ticket || !adaptive || !this.#tickets.delete(ticket)) return;
    let ending: ReturnType<NonNullable<typeof endingOf>> | 'succeeded' = 'succeeded';
    if (this.#deadline.signal.aborted) ending = 'ignored';
    else if (failure) ending = endingOf?.(failure.error) ?? 'failed';
    adaptive.end(ticket, performance.now(), ending, utilization);
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
    for (const ticket of this.#tickets) this.#limit.adaptive?.abandon(ticket);
    this.#tickets.clear();
    const taken = this.taken;
    this.taken = 0;
    this.#granted = 0;
    if (taken > 0) this.#limit.release(taken);
  }
}
