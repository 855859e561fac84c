/** Messages that arrived in the same second and were received as often. */
export interface Portion {
  readonly arrivedAt: number;
  /** Number of receives. */
  readonly receives: number;
  /** Messages, and fractions of one: the model is a fluid. */
  messages: number;
}

/** Smaller fractions of a message are rounding errors. */
const epsilon = 1e-9;

/** Drained portions are released once there are this many. */
const maxDrained = 10_000;

/** A standard SQS queue: visible messages in order, and failed messages that are hidden until the visibility timeout. */
export class Queue {
  readonly #maxReceiveCount: number;
  #visible: Portion[] = [];
  #first = 0;
  #visibleMessages = 0;
  /** Failed messages, by the second in which they become visible. */
  readonly #hidden = new Map<number, Portion[]>();
  #hiddenMessages = 0;
  #inFlight = 0;
  #deadLetters = 0;
  #expired = 0;

  /** @param maxReceiveCount of the redrive policy */
  constructor(maxReceiveCount: number) {
    this.#maxReceiveCount = maxReceiveCount;
  }

  get visibleMessages(): number {
    // Sums of fractions leave rounding errors, on either side of zero.
    return Math.max(0, this.#visibleMessages);
  }

  /** Failed messages whose visibility timeout has not ended. */
  get hiddenMessages(): number {
    return this.#hiddenMessages;
  }

  /** Messages that are received and neither deleted, visible again nor dead letters. */
  get inFlight(): number {
    return this.#inFlight;
  }

  get deadLetters(): number {
    return this.#deadLetters;
  }

  /** Messages that were visible for longer than the retention period. */
  get expired(): number {
    return this.#expired;
  }

  /** The second in which the first visible message arrived. */
  get oldestArrivedAt(): number | undefined {
    return this.#visible[this.#first]?.arrivedAt;
  }

  send(second: number, messages: number): void {
    this.#add({ arrivedAt: second, receives: 0, messages });
  }

  /**
   * Ends the visibility timeout of the messages that were hidden until this second: they become visible, or dead letters
   * if they were received too often.
   *
   * @returns the messages that became visible
   */
  endVisibilityTimeout(second: number): number {
    let redelivered = 0;
    for (const portion of this.#hidden.get(second) ?? []) {
      this.#inFlight -= portion.messages;
      this.#hiddenMessages -= portion.messages;
      if (portion.receives >= this.#maxReceiveCount) {
        this.#deadLetters += portion.messages;
      } else {
        this.#add(portion);
        redelivered += portion.messages;
      }
    }
    this.#hidden.delete(second);
    return redelivered;
  }

  /** Drops the visible messages at the front that arrived before a second. */
  expire(before: number): void {
    let expired = 0;
    for (;;) {
      const portion = this.#visible[this.#first];
      if (!portion || portion.arrivedAt >= before) break;
      expired += portion.messages;
      this.#visibleMessages -= portion.messages;
      this.#dropFirst();
    }
    this.#expired += expired;
  }

  /** Takes up to this many messages from the front. They are in flight until they are deleted or hidden and visible. */
  receive(messages: number): readonly Portion[] {
    const received: Portion[] = [];
    let wanted = Math.min(messages, this.#visibleMessages);
    while (wanted > epsilon) {
      const portion = this.#visible[this.#first];
      if (!portion) break;
      const part = portion.messages - wanted > epsilon ? wanted : portion.messages;
      received.push({ ...portion, messages: part });
      wanted -= part;
      this.#visibleMessages -= part;
      if (part === portion.messages) this.#dropFirst();
      else portion.messages -= part;
    }
    this.#inFlight += sumOf(received);
    return received;
  }

  delete(messages: number): void {
    this.#inFlight -= messages;
  }

  /**
   * Hides the share of received messages that failed.
   *
   * @param visibleAt returns the seconds in which messages that were received so often become visible, each of as many of them
   */
  hide(
    received: readonly Portion[],
    share: number,
    visibleAt: (receives: number) => readonly number[],
  ): void {
    const byReceives = Map.groupBy(received, ({ receives }) => receives + 1);
    for (const [receives, portions] of byReceives) {
      const messages = sumOf(portions);
      const arrivedAt =
        portions.reduce((sum, portion) => sum + portion.arrivedAt * portion.messages, 0) / messages;
      const seconds = visibleAt(receives);
      const failed = { arrivedAt, receives, messages: (messages * share) / seconds.length };
      this.#hiddenMessages += messages * share;
      for (const second of seconds) {
        const together = this.#hidden.get(second) ?? [];
        this.#hidden.set(second, together);
        together.push({ ...failed });
      }
    }
  }

  #add(portion: Portion): void {
    if (portion.messages <= 0) return;
    this.#visible.push(portion);
    this.#visibleMessages += portion.messages;
  }

  #dropFirst(): void {
    this.#first += 1;
    if (this.#first < this.#visible.length) {
      if (this.#first < maxDrained) return;
      this.#visible = this.#visible.slice(this.#first);
    } else {
      this.#visible = [];
      this.#visibleMessages = 0;
    }
    this.#first = 0;
  }
}

/** Sums the messages of portions. */
export function sumOf(portions: readonly Portion[]): number {
  return portions.reduce((sum, { messages }) => sum + messages, 0);
}
