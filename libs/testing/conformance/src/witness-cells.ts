import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** Numbers that all threads share. */
export type Cells = Int32Array<SharedArrayBuffer>;

const key = 'parallel-lambda/witness';
const counters = ['inWork', 'mostInWork', 'sequence', 'starts', 'ends', 'aborts', 'clockMoves'] as const;
const marks = ['starts', 'startedAt', 'endedAt', 'gate'] as const;

/** How many messages one witness can see. */
export const capacity = 12_000;

/** What is counted over all messages. */
export type Counter = (typeof counters)[number];

/** What is noted of one message. */
export type Mark = (typeof marks)[number];

/** Where a counter lies. */
export function counterCell(counter: Counter): number {
  return counters.indexOf(counter);
}

/** Where a mark of the message with this number lies. */
export function markCell(number: number, mark: Mark): number {
  if (number >= capacity) throw new RangeError(`A witness sees ${capacity} messages, not ${number + 1}`);
  return counters.length + number * marks.length + marks.indexOf(mark);
}

/**
 * Lays out new cells where work finds them: at once in this thread, and in every thread that is made from now on,
 * since a thread inherits the environment data of its parent when it is made.
 */
export function layCells(): Cells {
  const memory = new SharedArrayBuffer(
    (counters.length + capacity * marks.length) * Int32Array.BYTES_PER_ELEMENT,
  );
  setEnvironmentData(key, memory);
  return new Int32Array(memory);
}

/** The cells that were laid when this thread was made, or last in the main thread. */
export function findCells(): Cells {
  const memory: unknown = getEnvironmentData(key);
  if (memory instanceof SharedArrayBuffer) return new Int32Array(memory);
  throw new Error('A witness must be made before the technique that it watches');
}

/** Fulfilled when a cell is at least `value`; wakes up in the main thread and in threads alike. */
export async function cellReaches(cells: Cells, cell: number, value: number): Promise<void> {
  for (let found = Atomics.load(cells, cell); found < value; found = Atomics.load(cells, cell)) {
    const waiting = Atomics.waitAsync(cells, cell, found);
    if (waiting.async) await waiting.value;
  }
}
