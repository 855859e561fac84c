import {
  SourceMessage,
  type BatchMessage,
  type Records,
  type Source,
} from '@parallel-lambda/batch/technique';

import {
  STARTED,
  SUCCEEDED,
  BATCH,
  CHECKPOINT,
  CLAIMED,
  GROUP_SIZE,
  HELD_BACK,
  IS_WIDE,
  LANES,
  partsOf,
  SharedBatch,
  statusBits,
  type BoardStatus,
} from '../shared/shared-batch.ts';

/** Maximum bytes to slice from a string. Slicing costs less than a call into Node.js; decoding the messages of other threads costs more. */
const maxDecodedAtOnce = 2 ** 20;

/** A shared batch in a thread: claims lanes, reads messages. */
export class ThreadBatch extends SharedBatch {
  readonly #header: Int32Array;
  readonly #batch: number;
  readonly #board: Int32Array;
  readonly #laneEnds: Int32Array;
  readonly #positions: Int32Array;
  readonly #receiveCounts: Int32Array;
  readonly #stringEnds: Int32Array;
  readonly #durations: Int32Array;
  readonly #strings: Buffer;
  readonly #encoding: 'latin1' | 'utf16le';
  #decoded: string | undefined;
  /** The lanes that this thread has claimed and not given to a worker: from the first to before the second. */
  #next = 0;
  #end = 0;
  #claimed = 0;
  readonly #source: Source;
  readonly #records: Records;

  /**
   * @param buffer as `SharedBatch.of` has written it
   * @param source of the batch
   * @param records of the messages, by position
   */
  constructor(buffer: SharedArrayBuffer, source: Source, records: Records) {
    super(buffer, source);
    const [header, board, laneEnds, positions, receiveCounts, stringEnds, durations, strings] =
      partsOf(buffer);
    this.#header = header;
    this.#batch = header[BATCH] ?? 0;
    this.#board = board;
    this.#laneEnds = laneEnds;
    this.#positions = positions;
    this.#receiveCounts = receiveCounts;
    this.#stringEnds = stringEnds;
    this.#durations = durations;
    this.#strings = strings;
    this.#encoding = this.#header[IS_WIDE] === 1 ? 'utf16le' : 'latin1';
    this.#source = source;
    this.#records = records;
  }

  /** Returns `false` once the memory holds another batch. */
  get isCurrent(): boolean {
    return Atomics.load(this.#header, BATCH) === this.#batch;
  }

  override get lanesRemain(): boolean {
    return super.lanesRemain || (this.#next < this.#end && !this.stoppedEarly);
  }

  /**
   * Records that the work gathers messages, and processes this number of them together: from now on every thread claims the lanes
   * of whole groups. The first group of this thread has begun before the number was known: its other lanes are claimed immediately.
   */
  gather(size: number): void {
    if (!this.isCurrent) return;
    Atomics.store(this.#header, GROUP_SIZE, size);
    const isIncomplete = this.#claimed % size > 0;
    if (isIncomplete && this.#next >= this.#end && this.lanesRemain) this.#claimLanes();
  }

  /** Returns the next lane: no other claim of any thread gets it. `undefined` when none is left. */
  claim(): Int32Array | undefined {
    if (!this.lanesRemain) return undefined;
    if (this.#next >= this.#end) this.#claimLanes();
    const lane = this.#next++;
    const end = this.#laneEnds[lane];
    return end === undefined ? undefined : this.#positions.subarray(this.#laneEnds[lane - 1] ?? 0, end);
  }

  /** Claims lanes up to a whole number of groups. */
  #claimLanes(): void {
    const size = Math.max(1, Atomics.load(this.#header, GROUP_SIZE));
    const count = size - (this.#claimed % size);
    this.#claimed += count;
    this.#next = Atomics.add(this.#header, CLAIMED, count);
    this.#end = Math.min(this.#next + count, this.#laneEnds.length);
  }

  /** Claims all lanes that remain, so that no worker starts them. */
  holdBack(): void {
    Atomics.store(this.#header, HELD_BACK, 1);
    Atomics.store(this.#header, CLAIMED, Atomics.load(this.#header, LANES));
  }

  /** Returns whether a message may still be started: if the source keeps a checkpoint, none after it. */
  mayStart(position: number): boolean {
    return position <= Atomics.load(this.#header, CHECKPOINT);
  }

  /** Writes the status of a message to the board, together with the task that processes it. */
  mark(position: number, task: number, status: BoardStatus): void {
    Atomics.store(this.#board, position, (task << statusBits) | status);
  }

  /** Records how long the work of a message took, for the main thread. */
  setDuration(position: number, milliseconds: number): void {
    this.#durations[position] = Math.max(1, Math.round(milliseconds * 1_000));
  }

  /** Revokes every success of a task, after an error that any of its messages may have caused. */
  distrust(task: number): void {
    for (const position of this.#positions) {
      if (this.task(position) === task && this.status(position) === SUCCEEDED) {
        this.mark(position, task, STARTED);
      }
    }
  }

  /** The message at a position of the batch. */
  message(position: number): BatchMessage {
    const receiveCount = this.#receiveCounts[position];
    return new SourceMessage({
      source: this.#source,
      id: this.#string(2 * position),
      receiveCount: receiveCount === 0 ? undefined : receiveCount,
      content: this.#string(2 * position + 1),
      records: this.#records,
      index: position,
    });
  }

  #string(index: number): string {
    const start = index === 0 ? 0 : (this.#stringEnds[index - 1] ?? 0);
    const end = this.#stringEnds[index] ?? start;
    if (this.#strings.length <= maxDecodedAtOnce) {
      this.#decoded ??= this.#strings.toString(this.#encoding);
      return this.#decoded.slice(start, end);
    }
    const width = this.#encoding === 'utf16le' ? 2 : 1;
    return this.#strings.toString(this.#encoding, start * width, end * width);
  }
}
