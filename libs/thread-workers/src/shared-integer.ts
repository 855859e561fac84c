/** States of the records of a batch, which a thread waits for. */
export const RECORDS_SENT = 1;
/** The batch has ended, so no records will come. */
export const RECORDS_UNAVAILABLE = 2;

/** Creates a number that threads can read and write. It is 0 at first. */
export function sharedInteger(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Sets the number and wakes up the threads that wait for it. */
export function setAndNotify(integer: Int32Array, value: number): void {
  Atomics.store(integer, 0, value);
  Atomics.notify(integer, 0);
}
