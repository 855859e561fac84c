import type { Delivery, InvocationResult } from '../event-source.ts';

/** An invocation that has been started. */
export interface Invocation<Event extends object> {
  readonly delivery: Delivery<Event>;
  /** Time on the virtual clock. */
  readonly endsAtMs: number;
  /** Never rejects. */
  readonly result: Promise<InvocationResult>;
}

/** Invocations in the order in which they end; those that end together, in the order in which they began. */
export class InvocationsInFlight<Event extends object> {
  readonly #invocations: Invocation<Event>[] = [];

  get length(): number {
    return this.#invocations.length;
  }

  get first(): Invocation<Event> | undefined {
    return this.#invocations[0];
  }

  add(invocation: Invocation<Event>): void {
    const before = this.#invocations.findLastIndex(({ endsAtMs }) => endsAtMs <= invocation.endsAtMs);
    this.#invocations.splice(before + 1, 0, invocation);
  }

  take(): Invocation<Event> | undefined {
    return this.#invocations.shift();
  }
}
