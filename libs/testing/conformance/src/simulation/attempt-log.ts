import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** The maximum number of messages per round. */
export const maxMessages = 65_536;

/** The maximum number of invocations in flight: an invocation reuses the slot of an earlier one. */
const slots = 65_536;

const key = 'parallel-lambda/simulation/attempt-log';
const counters = { sequence: 0, activity: 1, leaks: 2, lateStarts: 3, lateRuns: 4, length: 5 } as const;

/** Violations of the contract that only the work can see. */
const violations = {
  leaks: 'A message found the AsyncLocalStorage store of another one',
  lateStarts: 'Work was started after the deadline',
  lateRuns: 'Something that a message had started ran after the response',
} as const;

/**
 * Counts the attempts and successes of each message, in memory that all threads share. Successes of an invocation count
 * only while it is active and up to its limit: work that runs on after an environment was killed counts for nothing.
 */
export class AttemptLog {
  readonly #memory: SharedArrayBuffer;
  readonly #counters: Int32Array;
  readonly #attempts: Int32Array;
  readonly #successes: Int32Array;
  readonly #firstSuccesses: Int32Array;
  readonly #active: Int32Array;
  readonly #successLimits: Int32Array;
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
    this.#attempts = section(maxMessages);
    this.#successes = section(maxMessages);
    this.#firstSuccesses = section(maxMessages);
    this.#active = section(slots);
    this.#successLimits = section(slots);
    this.#starts = section(slots);
  }

  /** Creates a log, and publishes it to this thread and to every thread started from now on. */
  static create(): AttemptLog {
    const integers = counters.length + 3 * maxMessages + 3 * slots;
    const memory = new SharedArrayBuffer(integers * Int32Array.BYTES_PER_ELEMENT);
    setEnvironmentData(key, memory);
    return new AttemptLog(memory);
  }

  /** Returns the log that was created last: `known` if it is that one. */
  static find(known: AttemptLog | undefined): AttemptLog {
    const memory: unknown = getEnvironmentData(key);
    if (!(memory instanceof SharedArrayBuffer)) {
      throw new Error('There is no attempt log. Create it before the technique.');
    }
    return known && known.#memory === memory ? known : new AttemptLog(memory);
  }

  /** Reports that the technique violates the contract. */
  report(violation: keyof typeof violations): void {
    Atomics.add(this.#counters, counters[violation], 1);
  }

  /** Returns the violations reported since the last call. */
  takeViolations(): readonly string[] {
    return Object.entries(violations).flatMap(([name, text]) => {
      const count = Atomics.exchange(this.#counters, counters[name as keyof typeof violations], 0);
      return count > 0 ? [`${text}: ${count} times`] : [];
    });
  }

  /** A number that changes whenever a message starts or succeeds. */
  get activity(): number {
    return Atomics.load(this.#counters, counters.activity);
  }

  /** Clears the counts of all messages. */
  clear(): void {
    for (const section of [this.#attempts, this.#successes, this.#firstSuccesses]) section.fill(0);
  }

  /**
   * Starts an invocation.
   *
   * @param invocation its number, from 1, never used before
   * @param maxSuccesses the number of successes that count
   */
  begin(invocation: number, maxSuccesses: number): void {
    const slot = invocation % slots;
    Atomics.store(this.#successLimits, slot, maxSuccesses);
    Atomics.store(this.#starts, slot, 0);
    Atomics.store(this.#active, slot, invocation);
  }

  /** Ends an invocation. */
  end(invocation: number): void {
    Atomics.store(this.#active, invocation % slots, 0);
  }

  /** Ignores later successes of an invocation: its environment was lost. */
  stop(invocation: number): void {
    Atomics.store(this.#successLimits, invocation % slots, 0);
  }

  /** Returns whether an active invocation has started a message. */
  hasStarted(invocation: number): boolean {
    return Atomics.load(this.#starts, invocation % slots) > 0;
  }

  /**
   * Records that an attempt at a message starts.
   *
   * @returns the number of attempts before it
   */
  start(message: number, invocation: number): number {
    Atomics.add(this.#counters, counters.activity, 1);
    if (this.isActive(invocation)) Atomics.add(this.#starts, invocation % slots, 1);
    return Atomics.add(this.#attempts, message, 1);
  }

  /**
   * Records that an attempt succeeded.
   *
   * @param final whether the message counts as processed; `false` if an unhandled rejection will revoke the success
   * @returns whether the success counts
   */
  succeed(message: number, invocation: number, final = true): boolean {
    Atomics.add(this.#counters, counters.activity, 1);
    if (!this.isActive(invocation) || Atomics.sub(this.#successLimits, invocation % slots, 1) <= 0)
      return false;
    const place = Atomics.add(this.#counters, counters.sequence, 1) + 1;
    Atomics.compareExchange(this.#firstSuccesses, message, 0, place);
    if (final) Atomics.add(this.#successes, message, 1);
    return true;
  }

  /** Takes a success back, before its invocation has ended: the message must be redelivered. */
  revoke(message: number): void {
    Atomics.sub(this.#successes, message, 1);
  }

  /** Returns the number of successes of a message. */
  successesOf(message: number): number {
    return Atomics.load(this.#successes, message);
  }

  /** Returns the position of a message's first success in the sequence of all successes, from 1; 0 if there is none. */
  firstSuccessOf(message: number): number {
    return Atomics.load(this.#firstSuccesses, message);
  }

  /** Returns whether an invocation has not ended. */
  isActive(invocation: number): boolean {
    return Atomics.load(this.#active, invocation % slots) === invocation;
  }
}
