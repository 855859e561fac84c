import type { Ticket } from '../adaptive/adaptive-limit.ts';
import type { Deadline } from '../deadline.ts';
import { notStarted, type Outcome } from '../outcome.ts';

/** The part of a deadline that is used here. */
export type StopSignal = Pick<Deadline, 'reached' | 'signal'>;

/** A message that did not succeed. */
export interface Failure {
  /** The error that its work threw or rejected with. */
  readonly error: unknown;
}

/**
 * The limit of the messages in flight, over all batches that are processed at a time. A place that becomes
 * free goes to the waiting batch that has the fewest.
 */
export class WorkerLimit {
  /** The maximum number of workers of a batch. */
  readonly max: number;
  /** The places that workers have. */
  taken = 0;
  /** The batches with workers that wait, in order of arrival. */
  readonly waiting = new Set<WorkerShare>();

  constructor(max: number) {
    this.max = max;
  }

  /** Returns the part of one batch. End it with the batch. */
  share(deadline: StopSignal): WorkerShare {
    return new WorkerShare(this, deadline);
  }

  /** True if another message may start. */
  get hasRoom(): boolean {
    return this.taken < this.max;
  }

  /** Returns true if a worker may process another message of its batch, because no waiting batch has fewer workers. */
  keeps(share: WorkerShare): boolean {
    const other = this.#fewest();
    return !other || other.taken >= share.taken - 1;
  }

  /** Gives free places to the workers that wait: call it when there may be more room. */
  grant(): void {
    while (this.waiting.size > 0 && this.hasRoom) this.#fewest()?.admit();
  }

  /** Returns the batch with the fewest places among those that wait. */
  #fewest(): WorkerShare | undefined {
    let fewest: WorkerShare | undefined;
    for (const share of this.waiting) if (!fewest || share.taken < fewest.taken) fewest = share;
    return fewest;
  }
}

/** The part of a `WorkerLimit` that one batch has. */
export class WorkerShare {
  /** The places of the batch's workers. */
  taken = 0;
  /** True if no message of the batch may be started any more. */
  isClosed = false;
  /** The outcome of a message that was not started. */
  notStarted: Outcome = notStarted;
  readonly #limit: WorkerLimit;
  /** Functions that resume the waiting workers. */
  readonly #waiting: ((value: undefined) => void)[] = [];

  constructor(limit: WorkerLimit, { reached }: StopSignal) {
    this.#limit = limit;
    void reached.then(() => {
      this.close();
    });
  }

  /** Records the start of a message, where the limit is measured. */
  start?(): Ticket;

  /** Records the end of a message, where the limit is measured. */
  finish?(ticket: Ticket, failure: Failure | undefined): void;

  /** Returns true if a worker may process another message. */
  keeps(): boolean {
    return this.#limit.keeps(this);
  }

  /**
   * Takes a place for a worker. It has the place even if `isClosed` has become true: return it with `leave`.
   *
   * @returns a promise to await first, if there is no place yet
   */
  take(): Promise<void> | undefined {
    const { waiting, hasRoom } = this.#limit;
    if (this.isClosed || (hasRoom && waiting.size === 0)) {
      this.#add(1);
      return undefined;
    }
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#waiting.push(resolve);
    waiting.add(this);
    this.#limit.grant();
    return promise;
  }

  /** Gives a place to a worker that waits. */
  admit(): void {
    const resume = this.#waiting.pop();
    if (this.#waiting.length === 0) this.#limit.waiting.delete(this);
    this.#add(1);
    resume?.(undefined);
  }

  /** Returns a place. */
  leave(): void {
    // After the end of the batch its places are already returned.
    this.#add(-Math.min(1, this.taken));
    this.#limit.grant();
  }

  /** Starts no more messages of the batch, and releases the waiting workers. */
  close(): void {
    this.isClosed = true;
    while (this.#waiting.length > 0) this.admit();
  }

  /** Ends the batch: abandoned messages no longer count. */
  end(): void {
    this.close();
    this.#add(-this.taken);
    this.#limit.grant();
  }

  #add(places: number): void {
    this.taken += places;
    this.#limit.taken += places;
  }
}
