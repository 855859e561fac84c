import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** The most messages of one round. */
export const mostMessages = 65_536;

/** Invocations in the order of their start share these; so many are never in flight at a time. */
const slots = 65_536;

const key = 'parallel-lambda/simulation/ledger';
const counters = { sequence: 0, activity: 1, length: 2 } as const;

/**
 * What was done, in memory that all threads share. An invocation's successes count while it lives and as far as its
 * credit goes: what a killed environment would have done later was never done, however the work runs on.
 */
export class Ledger {
  readonly #memory: SharedArrayBuffer;
  readonly #counters: Int32Array;
  readonly #attempts: Int32Array;
  readonly #successes: Int32Array;
  readonly #firstSuccesses: Int32Array;
  readonly #living: Int32Array;
  readonly #credits: Int32Array;
  readonly #starts: Int32Array;

  private constructor(memory: SharedArrayBuffer) {
    let offset = 0;
    const section = (length: number): Int32Array => {
      const view = new Int32Array(memory, offset, length);
      offset += view.byteLength;
      return view;
    };
    this.#memory = memory;
    this.#counters = section(counters.length);
    this.#attempts = section(mostMessages);
    this.#successes = section(mostMessages);
    this.#firstSuccesses = section(mostMessages);
    this.#living = section(slots);
    this.#credits = section(slots);
    this.#starts = section(slots);
  }

  /** Lays out a ledger that work finds: at once in this thread, and in every thread that is made from now on. */
  static lay(): Ledger {
    const integers = counters.length + 3 * mostMessages + 3 * slots;
    const memory = new SharedArrayBuffer(integers * Int32Array.BYTES_PER_ELEMENT);
    setEnvironmentData(key, memory);
    return new Ledger(memory);
  }

  /** The ledger that was laid last; the one in hand if it is that. */
  static find(inHand: Ledger | undefined): Ledger {
    const memory: unknown = getEnvironmentData(key);
    if (!(memory instanceof SharedArrayBuffer))
      throw new Error('A ledger must be laid before the technique is made');
    return inHand && inHand.#memory === memory ? inHand : new Ledger(memory);
  }

  /** Changes whenever a message is started or succeeds. */
  get activity(): number {
    return Atomics.load(this.#counters, counters.activity);
  }

  /** Forgets all messages; invocations that have ended stay ended. */
  forgetMessages(): void {
    for (const section of [this.#attempts, this.#successes, this.#firstSuccesses]) section.fill(0);
  }

  /**
   * An invocation lives from now on.
   *
   * @param invocation its number, from 1; never used before
   * @param credit how many successes count
   */
  begin(invocation: number, credit: number): void {
    const slot = invocation % slots;
    Atomics.store(this.#credits, slot, credit);
    Atomics.store(this.#starts, slot, 0);
    Atomics.store(this.#living, slot, invocation);
  }

  /** An invocation lives no more. */
  end(invocation: number): void {
    Atomics.store(this.#living, invocation % slots, 0);
  }

  /** Whether a message of a living invocation has been started. */
  hasStarted(invocation: number): boolean {
    return Atomics.load(this.#starts, invocation % slots) > 0;
  }

  /**
   * A message is in work.
   *
   * @returns how often it has been before
   */
  start(message: number, invocation: number): number {
    Atomics.add(this.#counters, counters.activity, 1);
    if (this.#lives(invocation)) Atomics.add(this.#starts, invocation % slots, 1);
    return Atomics.add(this.#attempts, message, 1);
  }

  /**
   * A message's work has succeeded.
   *
   * @param proved whether the message is done by it; not, when a stray rejection will tell otherwise
   */
  succeed(message: number, invocation: number, proved = true): void {
    Atomics.add(this.#counters, counters.activity, 1);
    if (!this.#lives(invocation) || Atomics.sub(this.#credits, invocation % slots, 1) <= 0) return;
    const place = Atomics.add(this.#counters, counters.sequence, 1) + 1;
    Atomics.compareExchange(this.#firstSuccesses, message, 0, place);
    if (proved) Atomics.add(this.#successes, message, 1);
  }

  /** How often a message was done. */
  successesOf(message: number): number {
    return Atomics.load(this.#successes, message);
  }

  /** The place of a message's first success among all successes; 0 when there was none. */
  firstSuccessOf(message: number): number {
    return Atomics.load(this.#firstSuccesses, message);
  }

  #lives(invocation: number): boolean {
    return Atomics.load(this.#living, invocation % slots) === invocation;
  }
}
