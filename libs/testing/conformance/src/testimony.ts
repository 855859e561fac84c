import { cellReaches, counterCell, findCells, markCell, type Cells } from './witness-cells.ts';

/** The side of the witness that the suite's work speaks to, from whatever thread it runs in. */
export class Testimony {
  readonly #cells: Cells = findCells();
  readonly #number: number;

  /** @param number tells the message from all others of the test */
  constructor(number: number) {
    this.#number = number;
  }

  /** The message is in work from now on. */
  start(): void {
    const now = this.#add(counterCell('inWork')) + 1;
    this.#raise(counterCell('mostInWork'), now);
    Atomics.store(this.#cells, markCell(this.#number, 'startedAt'), this.#next());
    this.#add(markCell(this.#number, 'starts'));
    this.#tell(counterCell('starts'));
  }

  /** The message is in work no more. */
  end(): void {
    Atomics.sub(this.#cells, counterCell('inWork'), 1);
    Atomics.store(this.#cells, markCell(this.#number, 'endedAt'), this.#next());
    // Told a turn later, when the technique has taken note of it: a thread may be terminated at any time.
    setImmediate(() => {
      this.#tell(counterCell('ends'));
    });
  }

  /** In every thread whose clock asks the witness, the deadline has come. */
  moveClock(): void {
    this.#tell(counterCell('clockMoves'));
  }

  /** The message has seen its signal aborted. */
  seeAbort(): void {
    this.#tell(counterCell('aborts'));
  }

  /** Fulfilled when the test opens the message's gate. */
  gate(): Promise<void> {
    return cellReaches(this.#cells, markCell(this.#number, 'gate'), 1);
  }

  #next(): number {
    return this.#add(counterCell('sequence')) + 1;
  }

  #add(cell: number): number {
    return Atomics.add(this.#cells, cell, 1);
  }

  #tell(cell: number): void {
    this.#add(cell);
    Atomics.notify(this.#cells, cell);
  }

  #raise(cell: number, value: number): void {
    for (let most = Atomics.load(this.#cells, cell); most < value;) {
      const found = Atomics.compareExchange(this.#cells, cell, most, value);
      if (found === most) return;
      most = found;
    }
  }
}
