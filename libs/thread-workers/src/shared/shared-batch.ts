import type { Batch, Source } from '@parallel-lambda/batch/technique';

/** The states of a message on the status board. */
export const WAITING = 0;
export const STARTED = 1;
export const SUCCEEDED = 2;
export const FAILED = 3;
export type BoardStatus = typeof WAITING | typeof STARTED | typeof SUCCEEDED | typeof FAILED;

/** Positions in the header of a batch's memory. */
export const CLAIMED = 0;
const STOP_EARLY = 1;
export const CHECKPOINT = 2;
/** The sizes of the parts that follow the header. */
const MESSAGES = 3;
export const LANES = 4;
export const IS_WIDE = 5;
const STRING_BYTES = 6;
/** A number that is different for every batch, because memory is used again. */
export const BATCH = 7;
/** 1 once a thread has held messages back, because everything failed. */
export const HELD_BACK = 8;
/** The number of messages that the work gathers, once a thread has read it; else 0. */
export const GROUP_SIZE = 9;
const HEADER_LENGTH = 10;

/** The number of batches that were written to memory. */
let batches = 0;

const noCheckpoint = 2 ** 31 - 1;

/**
 * Maximum characters to join. Writing a string is a call into Node, so short ones are joined before; joining is copying, so long ones
 * are not.
 */
const maxJoined = 2 ** 10;

/** A status takes two bits of a board entry; the task that set it takes the others. */
export const statusBits = 2;

/** The parts of a batch's memory, in their order: each of 32-bit integers, but for the strings. */
export function partsOf(
  buffer: SharedArrayBuffer,
): readonly [
  header: Int32Array,
  board: Int32Array,
  laneEnds: Int32Array,
  positions: Int32Array,
  receiveCounts: Int32Array,
  stringEnds: Int32Array,
  durations: Int32Array,
  strings: Buffer,
] {
  let offset = 0;
  const part = (length = 0): Int32Array => {
    const view = new Int32Array(buffer, offset, length);
    offset += view.byteLength;
    return view;
  };
  const start = part(HEADER_LENGTH);
  const messages = start[MESSAGES] ?? 0;
  const lanes = start[LANES];
  return [
    start,
    part(messages),
    part(lanes),
    part(messages),
    part(messages),
    part(2 * messages),
    part(messages),
    Buffer.from(buffer, offset, start[STRING_BYTES]),
  ];
}

/**
 * A batch in shared memory. Every thread claims lanes from it and writes the status of each message, without a message
 * from thread to thread, and the status board survives any end of a thread.
 *
 * Layout: header, status board (one entry per message), ends of the lanes, the lanes' positions one lane after another,
 * receive counts, ends of the ids and contents, durations in microseconds; then the ids and contents, as ASCII or, where one of them has other
 * characters, as UTF-16, which keeps every JavaScript string as it is. Threads read it by a `ThreadBatch`.
 */
export class SharedBatch {
  readonly buffer: SharedArrayBuffer;
  readonly #header: Int32Array;
  readonly #board: Int32Array;
  readonly #durations: Int32Array;
  readonly #keepsCheckpoint: boolean;

  /**
   * @param buffer as `of` has written it
   * @param source of the batch
   */
  constructor(buffer: SharedArrayBuffer, { checkpoint }: Source) {
    this.buffer = buffer;
    [this.#header, this.#board, , , , , this.#durations] = partsOf(buffer);
    this.#keepsCheckpoint = checkpoint;
  }

  /**
   * Writes a batch to shared memory.
   *
   * @param spare memory that no thread uses any more; it is used again if it is large enough
   */
  static of({ source, messages, lanes, records }: Batch, spare?: SharedArrayBuffer): SharedBatch {
    const pieces: string[] = [];
    let piece = '';
    let length = 0;
    const ends = new Int32Array(2 * messages.length);
    let added = 0;
    const add = (text: string): void => {
      if (piece.length + text.length > maxJoined) {
        pieces.push(piece);
        piece = '';
      }
      piece += text;
      ends[added++] = length += text.length;
    };
    for (const [position, message] of messages.entries()) {
      add(message.id);
      // Not the content of `message.record`, which copies the record when it is read first.
      add(source.encoding === 'text' ? message.text : source.content(records[position] as object));
    }
    pieces.push(piece);
    const integers = HEADER_LENGTH + 6 * messages.length + lanes.length;
    // As much as UTF-8 can take. The next batch may be larger; unused parts take no memory.
    const bytes = 4 * integers + 3 * length;
    const buffer = spare && spare.byteLength >= bytes ? spare : new SharedArrayBuffer(2 * bytes);
    const strings = Buffer.from(buffer, 4 * integers);
    let stringBytes = 0;
    /** Writes the texts until one does not take `width` bytes per character; returns whether all were written. */
    const write = (encoding: 'utf8' | 'utf16le', width: number): boolean => {
      stringBytes = 0;
      return pieces.every((text) => {
        const written = strings.write(text, stringBytes, encoding);
        stringBytes += written;
        return written === width * text.length;
      });
    };
    // UTF-8 takes one byte a character just when all are ASCII.
    const wide = !write('utf8', 1);
    if (wide) write('utf16le', 2);
    // In the order of the header's positions.
    const start = [0, 0, noCheckpoint, messages.length, lanes.length, wide ? 1 : 0, stringBytes, ++batches];
    new Int32Array(buffer, 0, HEADER_LENGTH).fill(0).set(start);
    const [, board, laneEnds, positions, receiveCounts, stringEnds, durations] = partsOf(buffer);
    for (const part of [board, durations]) part.fill(0);
    let end = 0;
    lanes.forEach((lane, index) => {
      positions.set(lane, end);
      end += lane.length;
      laneEnds[index] = end;
    });
    messages.forEach(({ receiveCount }, position) => {
      receiveCounts[position] = receiveCount ?? 0;
    });
    stringEnds.set(ends);
    return new SharedBatch(buffer, source);
  }

  /** Returns whether a lane is left that no worker has claimed yet. */
  get lanesRemain(): boolean {
    return !this.stoppedEarly && this.#read(CLAIMED) < this.#read(LANES);
  }

  /** Returns `true` after `stopEarly()`: no message may be started any more. */
  get stoppedEarly(): boolean {
    return this.#read(STOP_EARLY) === 1;
  }

  /** True if messages were held back, because everything failed. */
  get isHeldBack(): boolean {
    return this.#read(HELD_BACK) === 1;
  }

  /** Records that no message may be started any more. */
  stopEarly(): void {
    Atomics.store(this.#header, STOP_EARLY, 1);
  }

  /** Records that a message did not succeed. If the source keeps a checkpoint, no message after it may be started. */
  holdUp(position: number): void {
    if (!this.#keepsCheckpoint) return;
    for (;;) {
      const before = this.#read(CHECKPOINT);
      if (before <= position) return;
      if (Atomics.compareExchange(this.#header, CHECKPOINT, before, position) === before) return;
    }
  }

  status(position: number): BoardStatus {
    return (Atomics.load(this.#board, position) & ((1 << statusBits) - 1)) as BoardStatus;
  }

  /** Returns the time that the work of a message took, in milliseconds; 0 if it was not measured. */
  durationMs(position: number): number {
    return (this.#durations[position] ?? 0) / 1_000;
  }

  /** The task that last marked a message. */
  task(position: number): number {
    return Atomics.load(this.#board, position) >>> statusBits;
  }

  /** Records that the thread of a task is gone: its messages in flight did not succeed. */
  lose(task: number): void {
    this.#board.forEach((_, position) => {
      if (this.task(position) === task && this.status(position) !== SUCCEEDED) this.holdUp(position);
    });
  }

  #read(place: number): number {
    return Atomics.load(this.#header, place);
  }
}
