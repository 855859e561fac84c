import type { SqsMessage } from './sqs-message.ts';

/** The messages in flight, by the time at which their visibility timeout ends. */
export class VisibilityTimeouts {
  readonly #messages = new Map<number, Set<SqsMessage>>();

  /** Returns the end of the first of them. */
  get firstMs(): number | undefined {
    const firstMs = Math.min(...this.#messages.keys());
    return firstMs === Infinity ? undefined : firstMs;
  }

  /** Starts or changes the visibility timeout of a message. */
  set(message: SqsMessage, visibleAtMs: number): void {
    this.end(message);
    message.visibleAtMs = visibleAtMs;
    const together = this.#messages.get(visibleAtMs) ?? new Set();
    this.#messages.set(visibleAtMs, together.add(message));
  }

  /** Ends the visibility timeout of a message, if it has one. */
  end(message: SqsMessage): void {
    const { visibleAtMs } = message;
    if (visibleAtMs === undefined) return;
    message.visibleAtMs = undefined;
    const together = this.#messages.get(visibleAtMs);
    together?.delete(message);
    if (together?.size === 0) this.#messages.delete(visibleAtMs);
  }

  /** Returns the messages that become visible next, if that is not after a time, in the order in which they were received. */
  next(nowMs: number): { readonly atMs: number; readonly messages: readonly SqsMessage[] } | undefined {
    const atMs = this.firstMs;
    if (atMs === undefined || atMs > nowMs) return undefined;
    return { atMs, messages: [...(this.#messages.get(atMs) ?? [])] };
  }
}
