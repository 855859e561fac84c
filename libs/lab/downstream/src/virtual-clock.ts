import type { Clock } from './service.ts';

interface Event {
  readonly atMs: number;
  readonly number: number;
  readonly run: () => void;
}

/** A clock that jumps to the next event. Its events are a binary heap, the earliest first. */
export class VirtualClock implements Clock {
  readonly #events: Event[] = [];
  #nowMs = 0;
  #number = 0;

  readonly now = (): number => this.#nowMs;

  after(ms: number, run: () => void): void {
    const event = { atMs: this.#nowMs + ms, number: this.#number++, run };
    const events = this.#events;
    let place = events.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = events[above];
      if (!other || isBefore(other, event)) break;
      events[place] = other;
      place = above;
    }
    events[place] = event;
  }

  /** Runs all events until a time. */
  runUntil(ms: number): void {
    for (let next = this.#events[0]; next && next.atMs <= ms; next = this.#events[0]) {
      this.#removeFirst();
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = ms;
  }

  #removeFirst(): void {
    const events = this.#events;
    const moved = events.pop();
    if (!moved || events.length === 0) return;
    let place = 0;
    for (;;) {
      const [left, right] = [events[2 * place + 1], events[2 * place + 2]];
      if (!left) break;
      const first = right && isBefore(right, left) ? right : left;
      if (isBefore(moved, first)) break;
      events[place] = first;
      place = first === left ? 2 * place + 1 : 2 * place + 2;
    }
    events[place] = moved;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.number < other.number);
}
