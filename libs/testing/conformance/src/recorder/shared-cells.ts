import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** Integers that all threads share. */
export type Cells = Int32Array<SharedArrayBuffer>;

const key = 'parallel-lambda/recorder';
const counters = [
  'inFlight',
  'maxInFlight',
  'sequence',
  'starts',
  'ends',
  'aborts',
  'clockMoves',
  'events',
] as const;
const marks = ['starts', 'startedAt', 'endedAt', 'gate'] as const;

/** The maximum number of messages per recorder. */
export const capacity = 12_000;

/** A number per recorder. */
export type Counter = (typeof counters)[number];

/** A number per message. */
export type Mark = (typeof marks)[number];

/** Returns the index of a counter. */
export function counterCell(counter: Counter): number {
  return counters.indexOf(counter);
}

/** Returns the index of a mark of the message with this number. */
export function markCell(number: number, mark: Mark): number {
  if (number >= capacity) {
    throw new RangeError(`The message number must be less than ${capacity}, not ${number}`);
  }
  return counters.length + number * marks.length + marks.indexOf(mark);
}

/**
 * Creates cells, and publishes them to this thread and to every thread started from now on: a thread inherits its
 * parent's environment data when it starts.
 */
export function createCells(): Cells {
  const memory = new SharedArrayBuffer(
    (counters.length + capacity * marks.length) * Int32Array.BYTES_PER_ELEMENT,
  );
  setEnvironmentData(key, memory);
  return new Int32Array(memory);
}

/** Returns the cells that were created last before this thread was started, or last of all in the main thread. */
export function findCells(): Cells {
  const memory: unknown = getEnvironmentData(key);
  if (memory instanceof SharedArrayBuffer) return new Int32Array(memory);
  throw new Error('There is no recorder. Create it before the technique.');
}

/** Waits until a cell is at least `value`, in the main thread and in other threads alike. */
export async function cellReaches(cells: Cells, cell: number, value: number): Promise<void> {
  for (let found = Atomics.load(cells, cell); found < value; found = Atomics.load(cells, cell)) {
    const waiting = Atomics.waitAsync(cells, cell, found);
    if (waiting.async) await waiting.value;
  }
}
