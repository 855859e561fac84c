import {
  capacity,
  cellReaches,
  type Cells,
  type Counter,
  counterCell,
  createCells,
  type Mark,
  markCell,
} from './shared-cells.ts';

/**
 * Records when the suite's messages start and end, in any thread, and holds their gates. Create it before the
 * technique. A message is identified by the number of its task.
 */
export class Recorder {
  readonly #cells: Cells = createCells();

  /** The number of messages in flight now. */
  get inFlight(): number {
    return this.#count('inFlight');
  }

  /** The maximum number of messages in flight so far. */
  get maxInFlight(): number {
    return this.#count('maxInFlight');
  }

  /** The number of starts of all messages. */
  get starts(): number {
    return this.#count('starts');
  }

  /** Returns the number of starts of one message. */
  startsOf(number: number): number {
    return this.#mark(number, 'starts');
  }

  /** Returns the numbers of the started messages in the order of their starts. */
  startOrder(): readonly number[] {
    return Array.from({ length: capacity }, (_, number) => number)
      .filter((number) => this.startsOf(number) > 0)
      .sort((one, other) => this.startedAt(one) - this.startedAt(other));
  }

  /** Returns the position of a message's start in the sequence of all starts and ends, from 1; 0 if it has not started. */
  startedAt(number: number): number {
    return this.#mark(number, 'startedAt');
  }

  /** Returns the position of a message's end in the sequence of all starts and ends, from 1; 0 if it has not ended. */
  endedAt(number: number): number {
    return this.#mark(number, 'endedAt');
  }

  /** Waits for this total number of starts. */
  untilStarts(count: number): Promise<void> {
    return cellReaches(this.#cells, counterCell('starts'), count);
  }

  /** Waits for this total number of ends whose outcome the technique has recorded. */
  untilEnds(count: number): Promise<void> {
    return cellReaches(this.#cells, counterCell('ends'), count);
  }

  /** The number of messages whose signal was aborted while they were in flight. */
  get aborts(): number {
    return this.#count('aborts');
  }

  /** Waits until the signal of this number of messages was aborted while they were in flight. */
  untilAborts(count: number): Promise<void> {
    return cellReaches(this.#cells, counterCell('aborts'), count);
  }

  /** The number of other events that work has reported, such as beats of forked children. */
  get events(): number {
    return this.#count('events');
  }

  /** Waits for this number of other events. */
  untilEvents(count: number): Promise<void> {
    return cellReaches(this.#cells, counterCell('events'), count);
  }

  /** True if work has moved its thread's clock past the deadline. */
  get clockMoved(): boolean {
    return this.#count('clockMoves') > 0;
  }

  /** Opens the gates of the messages with these numbers, whether they wait there already or not. */
  open(...numbers: readonly number[]): void {
    for (const number of numbers) {
      const gate = markCell(number, 'gate');
      Atomics.store(this.#cells, gate, 1);
      Atomics.notify(this.#cells, gate);
    }
  }

  /** Opens all gates. */
  openAll(): void {
    this.open(...Array.from({ length: capacity }, (_, number) => number));
  }

  /** Clears all records and closes all gates. Call it only while no message is in flight. */
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
