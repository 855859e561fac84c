import { EntryBuilder } from './entry-builder.ts';
import { LineReader } from './line-reader.ts';

/** Type, length and time, as `aws-lambda-ric` writes them before each entry: 4, 4 and 8 bytes, big-endian. */
const headLength = 16;

/** The upper half of every frame's type. */
const frameMark = 0xa55a;

/** Reads the log that a runtime writes to its own descriptor: an entry a frame, of one line or several. */
export class FrameReader {
  readonly #entry: EntryBuilder;
  readonly #lines: LineReader;
  #unread = Buffer.alloc(0);
  /** Rest of the frame that is being read. */
  #missing = 0;

  constructor(onEntry: (entry: string) => void) {
    this.#entry = new EntryBuilder(onEntry);
    this.#lines = new LineReader(onEntry);
  }

  read(chunk: Buffer): void {
    let bytes = this.#unread.length > 0 ? Buffer.concat([this.#unread, chunk]) : chunk;
    while (bytes.length > 0) {
      if (this.#missing === 0) {
        if (bytes.length < headLength) break;
        if (bytes.readUInt16BE() !== frameMark) {
          // Something else wrote to the descriptor. It is shown rather than lost.
          this.#lines.read(bytes);
          bytes = bytes.subarray(bytes.length);
          break;
        }
        this.#missing = bytes.readUInt32BE(4);
        bytes = bytes.subarray(headLength);
      }
      const part = bytes.subarray(0, this.#missing);
      this.#entry.add(part);
      this.#missing -= part.length;
      bytes = bytes.subarray(part.length);
      if (this.#missing === 0) this.#entry.end();
    }
    this.#unread = Buffer.from(bytes);
  }

  /** Makes an entry of an incomplete frame whose writer has ended. */
  flush(): void {
    this.#entry.flush();
    this.#lines.flush();
  }
}
