import { cellReaches, type Cells, counterCell, findCells, markCell } from './shared-cells.ts';

/** Reports the events of one message to the recorder, from any thread in which the work runs. */
export class Observer {
  readonly #cells: Cells = findCells();
  readonly #number: number;

  /** @param number identifies the message in the test */
  constructor(number: number) {
    this.#number = number;
  }

  /** Reports that the work on the message has started. */
  start(): void {
    const now = this.#add(counterCell('inFlight')) + 1;
    this.#raise(counterCell('maxInFlight'), now);
    Atomics.store(this.#cells, markCell(this.#number, 'startedAt'), this.#next());
    this.#add(markCell(this.#number, 'starts'));
    this.#increment(counterCell('starts'));
  }

  /** Reports that the work on the message has ended. */
  end(): void {
    Atomics.sub(this.#cells, counterCell('inFlight'), 1);
    Atomics.store(this.#cells, markCell(this.#number, 'endedAt'), this.#next());
    // Two turns later, when the technique has recorded the outcome: a test may terminate the thread as soon as it sees this.
    setImmediate(() => {
      setImmediate(() => {
        this.#increment(counterCell('ends'));
      });
    });
  }

  /** Reports that the work has moved its thread's clock past the deadline. */
  moveClock(): void {
    this.#increment(counterCell('clockMoves'));
  }

  /** Reports that the message's signal was aborted. */
  recordAbort(): void {
    this.#increment(counterCell('aborts'));
  }

  /** Reports something that the suite has no other counter for, such as a beat of a forked child. */
  recordEvent(): void {
    this.#increment(counterCell('events'));
  }

  /** Waits until the test opens the message's gate. */
  gate(): Promise<void> {
    return cellReaches(this.#cells, markCell(this.#number, 'gate'), 1);
  }

  #next(): number {
    return this.#add(counterCell('sequence')) + 1;
  }

  #add(cell: number): number {
    return Atomics.add(this.#cells, cell, 1);
  }

  #increment(cell: number): void {
    this.#add(cell);
    Atomics.notify(this.#cells, cell);
  }

  #raise(cell: number, value: number): void {
    for (let max = Atomics.load(this.#cells, cell); max < value;) {
      const found = Atomics.compareExchange(this.#cells, cell, max, value);
      if (found === max) return;
      max = found;
    }
  }
}
