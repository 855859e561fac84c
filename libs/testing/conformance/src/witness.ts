import {
  capacity,
  cellReaches,
  counterCell,
  layCells,
  markCell,
  type Cells,
  type Counter,
  type Mark,
} from './witness-cells.ts';

/**
 * Sees what becomes of the suite's messages, in whatever thread they are worked on, and holds their gates. A test
 * makes one before it makes the technique; messages are told apart by the number of their task.
 */
export class Witness {
  readonly #cells: Cells = layCells();

  /** How many messages are in work now. */
  get inWork(): number {
    return this.#count('inWork');
  }

  /** The most messages that were in work at one time. */
  get mostInWork(): number {
    return this.#count('mostInWork');
  }

  /** How often a message was started. */
  get starts(): number {
    return this.#count('starts');
  }

  /** How often the message with this number was started. */
  startsOf(number: number): number {
    return this.#mark(number, 'starts');
  }

  /** Numbers of the messages that were started, in the order in which they were. */
  startOrder(): readonly number[] {
    return Array.from({ length: capacity }, (_, number) => number)
      .filter((number) => this.startsOf(number) > 0)
      .sort((one, other) => this.startedAt(one) - this.startedAt(other));
  }

  /** The place of a start among all starts and ends; 0 for what was never started. */
  startedAt(number: number): number {
    return this.#mark(number, 'startedAt');
  }

  /** The place of an end among all starts and ends; 0 for what has not ended. */
  endedAt(number: number): number {
    return this.#mark(number, 'endedAt');
  }

  /** Fulfilled when messages have been started this many times in all. */
  untilStarts(count: number): Promise<void> {
    return cellReaches(this.#cells, counterCell('starts'), count);
  }

  /** Fulfilled when messages have ended this many times in all, and the technique has taken note of it. */
  untilEnds(count: number): Promise<void> {
    return cellReaches(this.#cells, counterCell('ends'), count);
  }

  /** How many messages in work have seen their signal aborted. */
  get aborts(): number {
    return this.#count('aborts');
  }

  /** Fulfilled when so many messages in work have seen their signal aborted. */
  untilAborts(count: number): Promise<void> {
    return cellReaches(this.#cells, counterCell('aborts'), count);
  }

  /** Whether a work has moved the clock past the deadline, in its own thread. */
  get clockMoved(): boolean {
    return this.#count('clockMoves') > 0;
  }

  /** Lets the messages with these numbers through their gates, now or when they come to them. */
  open(...numbers: readonly number[]): void {
    for (const number of numbers) {
      const gate = markCell(number, 'gate');
      Atomics.store(this.#cells, gate, 1);
      Atomics.notify(this.#cells, gate);
    }
  }

  /** Lets every message through its gate. */
  openAll(): void {
    this.open(...Array.from({ length: capacity }, (_, number) => number));
  }

  /** Forgets everything and closes the gates; only while nothing is in work. */
  reset(): void {
    this.#cells.fill(0);
  }

  #count(counter: Counter): number {
    return Atomics.load(this.#cells, counterCell(counter));
  }

  #mark(number: number, mark: Mark): number {
    return Atomics.load(this.#cells, markCell(number, mark));
  }
}
