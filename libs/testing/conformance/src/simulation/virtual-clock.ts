import type { Patience } from './patience.ts';

/** Later than any real clock: a thread reads its own, and must not find that the deadline has passed. */
const originMs = Date.UTC(2100, 0, 1);

/** What `setTimeout` gives, as far as anyone uses it. */
interface Timer {
  readonly atMs: number;
  readonly act: () => void;
  ref(): Timer;
  unref(): Timer;
}

/** How often nothing may be left to happen before nothing ever will. */
const mostStill = 10_000;

/**
 * A clock that goes on when nothing else happens: then it is at once the time of the next timer. While it is installed
 * the global timer and `Date.now` are its own. Without threads, a run is the same each time.
 */
export class VirtualClock {
  /** By the millisecond at which they are due. */
  readonly #timers = new Map<number, Set<Timer>>();
  #nowMs = originMs;
  #onSet: ((atMs: number) => void) | undefined;

  /** In milliseconds since the epoch. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /**
   * Takes the place of the global clock.
   *
   * @returns gives it back
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
   * Lets time go on until a task has settled.
   *
   * @param patience how long to wait for what happens without the clock
   * @throws {Error} when nothing is left to happen and the task has not settled
   */
  async run<T>(task: Promise<T>, patience: Patience): Promise<T> {
    const state = { settled: false };
    const settle = (): void => {
      state.settled = true;
    };
    task.then(settle, settle);
    let still = 0;
    while (still < mostStill) {
      const nextMs = this.#nextMs;
      await Promise.race([patience.pause(nextMs - this.#nowMs), this.#untilSetBefore(nextMs)]);
      if (state.settled) return task;
      still = nextMs === Infinity ? still + 1 : 0;
      // What has happened meanwhile may have set an earlier timer, or cleared this one.
      if (still === 0 && nextMs === this.#nextMs && patience.isOver(nextMs - this.#nowMs)) this.#fire(nextMs);
    }
    throw new Error('Nothing is left to happen, and it has not ended');
  }

  /** Fulfilled when a timer is set for an earlier time: threads that wait for it need not wait for the pause as well. */
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
