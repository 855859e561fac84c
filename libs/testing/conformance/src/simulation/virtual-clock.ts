import type { Pacing } from './pacing.ts';

/** Later than any real clock: a thread reads the real one, and must not find that the deadline has passed. */
const originMs = Date.UTC(2100, 0, 1);

/** The part of a Node.js timer that is used. */
interface Timer {
  readonly atMs: number;
  readonly act: () => void;
  ref(): Timer;
  unref(): Timer;
}

/** The number of pauses without any timer after which the task is considered stuck. */
const maxIdleRounds = 10_000;

/**
 * A clock that jumps to the next timer when nothing else happens. While it is installed, it replaces `setTimeout`,
 * `clearTimeout` and `Date.now`. Without threads, every run is the same.
 */
export class VirtualClock {
  /** Timers by the millisecond at which they are due. */
  readonly #timers = new Map<number, Set<Timer>>();
  #nowMs = originMs;
  #onSet: ((atMs: number) => void) | undefined;

  /** The time in milliseconds since the epoch. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /**
   * Replaces the global clock.
   *
   * @returns dispose of it to restore the global clock
   */
  install(): Disposable {
    const real = { setTimeout, clearTimeout, now: Date.now };
    const set = (act: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): Timer =>
      this.#set(() => {
        act(...args);
      }, ms);
    const clear = (timer: Timer | undefined): void => {
      if (timer) this.#clear(timer);
    };
    globalThis.setTimeout = set as unknown as typeof setTimeout;
    globalThis.clearTimeout = clear as unknown as typeof clearTimeout;
    Date.now = () => this.#nowMs;
    return {
      [Symbol.dispose]: () => {
        globalThis.setTimeout = real.setTimeout;
        globalThis.clearTimeout = real.clearTimeout;
        Date.now = real.now;
      },
    };
  }

  /**
   * Lets time pass until a task has settled.
   *
   * @param pacing decides when the clock may advance
   * @throws {Error} if the task has not settled and no timer is left
   */
  async run<T>(task: Promise<T>, pacing: Pacing): Promise<T> {
    const state = { settled: false };
    const settle = (): void => {
      state.settled = true;
    };
    task.then(settle, settle);
    let still = 0;
    while (still < maxIdleRounds) {
      const nextMs = this.#nextMs;
      await Promise.race([pacing.pause(nextMs - this.#nowMs), this.#untilSetBefore(nextMs)]);
      if (state.settled) return task;
      still = nextMs === Infinity ? still + 1 : 0;
      // The rest of the program may have set an earlier timer, or cleared this one.
      if (still === 0 && nextMs === this.#nextMs && pacing.mayAdvance(nextMs - this.#nowMs))
        this.#fire(nextMs);
    }
    throw new Error('The task has not settled, and no timer is left');
  }

  /** Waits until a timer is set for an earlier time, so that threads need not wait for the whole pause. */
  #untilSetBefore(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onSet = (atMs) => {
        if (atMs < ms) resolve();
      };
    });
  }

  get #nextMs(): number {
    return Math.min(...this.#timers.keys());
  }

  #fire(atMs: number): void {
    this.#nowMs = atMs;
    const due = this.#timers.get(atMs) ?? [];
    for (const timer of due) {
      this.#clear(timer);
      timer.act();
    }
  }

  #set(act: () => void, ms: number): Timer {
    const timer: Timer = {
      atMs: this.#nowMs + Math.max(1, Math.ceil(ms)),
      act,
      ref: () => timer,
      unref: () => timer,
    };
    const together = this.#timers.get(timer.atMs) ?? new Set();
    this.#timers.set(timer.atMs, together.add(timer));
    this.#onSet?.(timer.atMs);
    return timer;
  }

  #clear(timer: Timer): void {
    const together = this.#timers.get(timer.atMs);
    together?.delete(timer);
    if (together?.size === 0) this.#timers.delete(timer.atMs);
  }
}
