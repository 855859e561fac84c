import { heldBack } from '../outcome.ts';
import { WorkerLimit, WorkerShare, type Failure, type StopSignal } from '../technique/worker-limit.ts';
import type { AdaptiveLimit, Ticket } from './adaptive-limit.ts';
import { endingOf } from './ending-of.ts';

/** Maximum milliseconds that a batch waits for its next attempt while everything fails. */
const MAX_PAUSE_MS = 1_000;

/** A limit of the messages in flight that is measured. */
export class AdaptiveWorkerLimit extends WorkerLimit {
  readonly #measured: AdaptiveLimit;
  #timer: NodeJS.Timeout | undefined;

  constructor(max: number, measured: AdaptiveLimit) {
    super(max);
    this.#measured = measured;
  }

  override share(deadline: StopSignal): WorkerShare {
    return new AdaptiveShare(this, deadline, this.#measured);
  }

  override get hasRoom(): boolean {
    return this.taken < this.#measured.limit && this.#measured.pauseMs() === 0;
  }

  override keeps(share: WorkerShare): boolean {
    return this.taken <= this.#measured.limit && !this.#measured.isPaused && super.keeps(share);
  }

  override grant(): void {
    if (this.waiting.size === 0 && !this.#timer) return;
    // Read before workers are admitted: if the pause ended in between, no timer and no message in flight would admit them.
    const pauseMs = this.waiting.size > 0 ? this.#measured.pauseMs() : 0;
    super.grant();
    if (pauseMs > MAX_PAUSE_MS) {
      for (const share of this.waiting) {
        share.notStarted = heldBack;
        share.close();
      }
    }
    if (this.waiting.size === 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else if (pauseMs > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.grant();
      }, pauseMs);
    }
  }
}

/** The part of a batch, whose messages measure the limit. */
class AdaptiveShare extends WorkerShare {
  readonly #limit: WorkerLimit;
  readonly #measured: AdaptiveLimit;
  readonly #signal: AbortSignal;
  #inFlight = 0;
  #hasEnded = false;

  constructor(limit: WorkerLimit, deadline: StopSignal, measured: AdaptiveLimit) {
    super(limit, deadline);
    this.#limit = limit;
    this.#measured = measured;
    this.#signal = deadline.signal;
    measured.beginBatch();
  }

  override start(): Ticket {
    this.#inFlight += 1;
    return this.#measured.start();
  }

  override finish(ticket: Ticket, failure: Failure | undefined): void {
    if (this.#hasEnded) return;
    this.#inFlight -= 1;
    if (!failure) this.#measured.end(ticket, 'succeeded');
    else this.#measured.end(ticket, this.#signal.aborted ? 'ignored' : endingOf(failure.error));
    this.#limit.grant();
  }

  override end(): void {
    this.#hasEnded = true;
    this.#measured.endBatch(this.#inFlight);
    super.end();
  }
}
