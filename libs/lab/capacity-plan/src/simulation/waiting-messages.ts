/** Messages that arrived in the same second and have been received as often. */
export interface Portion {
  readonly arrivedAt: number;
  /** How often they have been received. */
  readonly receives: number;
  /** Messages, and parts of one: this is a fluid. */
  messages: number;
}

/** Less than this of a message is none. */
const nothing = 1e-9;

/** The messages that wait in the queue, in the order in which they became visible. */
export class WaitingMessages {
  #portions: Portion[] = [];
  #first = 0;
  #messages = 0;

  get messages(): number {
    // Sums of fractions leave dust, on either side of zero.
    return Math.max(0, this.#messages);
  }

  /** When the first of them arrived. */
  get oldestArrivedAt(): number | undefined {
    return this.#portions[this.#first]?.arrivedAt;
  }

  add(portion: Portion): void {
    if (portion.messages <= 0) return;
    this.#portions.push(portion);
    this.#messages += portion.messages;
  }

  /** Takes so many, or all, from the front. */
  take(messages: number): readonly Portion[] {
    const taken: Portion[] = [];
    let wanted = Math.min(messages, this.#messages);
    while (wanted > nothing) {
      const portion = this.#portions[this.#first];
      if (!portion) break;
      const part = portion.messages - wanted > nothing ? wanted : portion.messages;
      taken.push({ ...portion, messages: part });
      wanted -= part;
      this.#messages -= part;
      if (part === portion.messages) this.#dropFirst();
      else portion.messages -= part;
    }
    return taken;
  }

  /** Drops what arrived before a second, from the front. @returns how many messages */
  expire(before: number): number {
    let expired = 0;
    for (;;) {
      const portion = this.#portions[this.#first];
      if (!portion || portion.arrivedAt >= before) return expired;
      expired += portion.messages;
      this.#messages -= portion.messages;
      this.#dropFirst();
    }
  }

  #dropFirst(): void {
    this.#first += 1;
    if (this.#first < this.#portions.length) {
      if (this.#first < 10_000) return;
      this.#portions = this.#portions.slice(this.#first);
    } else {
      this.#portions = [];
      this.#messages = 0;
    }
    this.#first = 0;
  }
}
