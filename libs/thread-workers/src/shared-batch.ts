import {
  SourceMessage,
  type Batch,
  type BatchMessage,
  type Lane,
  type Records,
  type Source,
} from '@parallel-lambda/batch';

/** What the status board says of a message. */
export const boardStatus = { waiting: 0, started: 1, succeeded: 2, failed: 3 } as const;
export type BoardStatus = (typeof boardStatus)[keyof typeof boardStatus];

/** Positions in the header: the claim cursor, the wind-up flag, the checkpoint, and how the rest is laid out. */
const header = { claimed: 0, woundUp: 1, checkpoint: 2, messages: 3, lanes: 4, wide: 5, length: 6 } as const;

const noCheckpoint = 2 ** 31 - 1;

/** In bytes. To cut a string costs less than a call into Node, to decode what other threads work on costs more. */
const mostDecodedAtOnce = 2 ** 20;

/** A status takes two bits of a board entry; the task that set it takes the others. */
const statusBits = 2;

/**
 * A batch laid once into shared memory, where every thread claims lanes from it and writes what became of each
 * message: no message passing per message, and the board outlives whatever happens to a thread.
 *
 * Layout, in 32-bit integers: header, board (one a message), ends of the lanes, the lanes' positions one lane after
 * another, receive counts, ends of the ids and contents; then those ids and contents, as Latin-1 or, where one of them has
 * other characters, as UTF-16, which keeps every JavaScript string as it is.
 */
export class SharedBatch {
  readonly buffer: SharedArrayBuffer;
  readonly #header: Int32Array;
  readonly #board: Int32Array;
  readonly #laneEnds: Int32Array;
  readonly #positions: Int32Array;
  readonly #receiveCounts: Int32Array;
  readonly #stringEnds: Int32Array;
  readonly #strings: Buffer;
  readonly #encoding: 'latin1' | 'utf16le';
  #decoded: string | undefined;
  readonly #source: Source;
  readonly #records: Records;

  /**
   * @param buffer as `of` has laid it
   * @param source of the batch
   * @param records of the messages, by position
   */
  constructor(buffer: SharedArrayBuffer, source: Source, records: Records) {
    this.buffer = buffer;
    this.#source = source;
    this.#records = records;
    this.#header = new Int32Array(buffer, 0, header.length);
    const messages = this.#header[header.messages] ?? 0;
    let offset = this.#header.byteLength;
    const section = (length: number): Int32Array => {
      const view = new Int32Array(buffer, offset, length);
      offset += view.byteLength;
      return view;
    };
    this.#board = section(messages);
    this.#laneEnds = section(this.#header[header.lanes] ?? 0);
    this.#positions = section(messages);
    this.#receiveCounts = section(messages);
    this.#stringEnds = section(2 * messages);
    this.#strings = Buffer.from(buffer, offset);
    this.#encoding = this.#header[header.wide] === 1 ? 'utf16le' : 'latin1';
  }

  /** Lays a batch into new shared memory. */
  static of({ source, messages, lanes }: Batch): SharedBatch {
    let strings = '';
    const stringEnds: number[] = [];
    for (const { id, record } of messages) {
      strings += id;
      stringEnds.push(strings.length);
      strings += source.content(record as object);
      stringEnds.push(strings.length);
    }
    // UTF-8 takes one byte a character just when all are ASCII.
    const wide = Buffer.byteLength(strings) !== strings.length;
    const integers = header.length + 5 * messages.length + lanes.length;
    const buffer = new SharedArrayBuffer(4 * integers + strings.length * (wide ? 2 : 1));
    const start = new Int32Array(buffer, 0, header.length);
    start[header.checkpoint] = noCheckpoint;
    start[header.messages] = messages.length;
    start[header.lanes] = lanes.length;
    start[header.wide] = wide ? 1 : 0;
    const shared = new SharedBatch(buffer, source, { at: (position) => messages[position]?.record });
    shared.#fill(messages, lanes);
    shared.#stringEnds.set(stringEnds);
    shared.#strings.write(strings, shared.#encoding);
    return shared;
  }

  #fill(messages: readonly BatchMessage[], lanes: readonly Lane[]): void {
    let end = 0;
    lanes.forEach((lane, index) => {
      for (const position of lane) this.#positions[end++] = position;
      this.#laneEnds[index] = end;
    });
    messages.forEach(({ receiveCount }, position) => {
      this.#receiveCounts[position] = receiveCount ?? 0;
    });
  }

  /** Whether a lane is left that nobody has claimed. */
  get lanesRemain(): boolean {
    return Atomics.load(this.#header, header.claimed) < this.#laneEnds.length;
  }

  /** Claims the next lane, by its number: no other claim of any thread gets it. `undefined` when none is left. */
  claim(): number | undefined {
    if (!this.lanesRemain) return undefined;
    const lane = Atomics.add(this.#header, header.claimed, 1);
    return lane < this.#laneEnds.length ? lane : undefined;
  }

  /** Where a lane starts among the positions of all lanes. */
  startOf(lane: number): number {
    return lane === 0 ? 0 : this.endOf(lane - 1);
  }

  /** Where a lane ends, exclusively. */
  endOf(lane: number): number {
    return this.#laneEnds[lane] ?? 0;
  }

  /** The message at this place of the lanes, by its position in the batch. */
  positionAt(index: number): number {
    return this.#positions[index] ?? 0;
  }

  /** Whether the batch is being wound up: no message may be started any more. */
  get woundUp(): boolean {
    return Atomics.load(this.#header, header.woundUp) === 1;
  }

  windUp(): void {
    Atomics.store(this.#header, header.woundUp, 1);
  }

  /** Whether a message may still be started: where the source keeps a checkpoint, none after it. */
  mayStart(position: number): boolean {
    return position <= Atomics.load(this.#header, header.checkpoint);
  }

  /** Says that a message did not succeed: where the source keeps a checkpoint, it is not after that message. */
  holdUp(position: number): void {
    if (!this.#source.checkpoint) return;
    for (;;) {
      const before = Atomics.load(this.#header, header.checkpoint);
      if (before <= position) return;
      if (Atomics.compareExchange(this.#header, header.checkpoint, before, position) === before) return;
    }
  }

  /** Writes the status of a message on the board, in the name of a task. */
  mark(position: number, task: number, status: BoardStatus): void {
    Atomics.store(this.#board, position, (task << statusBits) | status);
  }

  status(position: number): BoardStatus {
    return (Atomics.load(this.#board, position) & ((1 << statusBits) - 1)) as BoardStatus;
  }

  /** The task that last marked a message. */
  task(position: number): number {
    return Atomics.load(this.#board, position) >>> statusBits;
  }

  /**
   * Takes back every success of a task. For a crash of which it cannot be told whose it was: any of these messages
   * may have left it behind.
   */
  distrust(task: number): void {
    this.#board.forEach((_, position) => {
      if (this.task(position) === task && this.status(position) === boardStatus.succeeded) {
        this.mark(position, task, boardStatus.started);
      }
    });
  }

  /** Says that the thread of a task is gone: what it had in work did not succeed. */
  lose(task: number): void {
    this.#board.forEach((_, position) => {
      if (this.task(position) === task && this.status(position) !== boardStatus.succeeded)
        this.holdUp(position);
    });
  }

  /** The message at a position of the batch. */
  message(position: number): BatchMessage {
    const receiveCount = this.#receiveCounts[position];
    const head = {
      id: this.#string(2 * position),
      content: this.#string(2 * position + 1),
      receiveCount: receiveCount === 0 ? undefined : receiveCount,
    };
    return new SourceMessage(this.#source, head, this.#records, position);
  }

  #string(index: number): string {
    const start = index === 0 ? 0 : (this.#stringEnds[index - 1] ?? 0);
    const end = this.#stringEnds[index] ?? start;
    if (this.#strings.length <= mostDecodedAtOnce) {
      this.#decoded ??= this.#strings.toString(this.#encoding);
      return this.#decoded.slice(start, end);
    }
    const width = this.#encoding === 'utf16le' ? 2 : 1;
    return this.#strings.toString(this.#encoding, start * width, end * width);
  }
}
