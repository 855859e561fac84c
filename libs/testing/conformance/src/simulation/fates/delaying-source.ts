import type { Delivery, EventSource, InvocationResult } from '@parallel-lambda/event-sources';

import type { OpenSource } from '../simulated-sources.ts';
import type { SimulatedCalls } from './simulated-calls.ts';

/** A source whose messages are delayed by the calls that the invocations made: at their end, whether they were lost or not. */
export class DelayingSource implements EventSource {
  readonly #open: OpenSource;
  readonly #callsOf: (event: object) => SimulatedCalls | undefined;

  constructor(open: OpenSource, callsOf: (event: object) => SimulatedCalls | undefined) {
    this.#open = open;
    this.#callsOf = callsOf;
  }

  next(nowMs: number): Delivery | undefined {
    return this.#open.source.next(nowMs);
  }

  settle(delivery: Delivery, result: InvocationResult, nowMs: number): number {
    const failures = this.#open.source.settle(delivery, result, nowMs);
    for (const [receiptHandle, seconds] of this.#callsOf(delivery.event)?.delays ?? []) {
      this.#open.delay?.(receiptHandle, 1_000 * seconds, nowMs);
    }
    return failures;
  }

  get wakeAtMs(): number | undefined {
    return this.#open.source.wakeAtMs;
  }

  get done(): boolean {
    return this.#open.source.done;
  }

  get deadLetters(): EventSource['deadLetters'] {
    return this.#open.source.deadLetters;
  }

  get deliveries(): EventSource['deliveries'] {
    return this.#open.source.deliveries;
  }
}
