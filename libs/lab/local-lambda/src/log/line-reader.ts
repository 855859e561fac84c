import { EntryBuilder } from './entry-builder.ts';

/** Reads stdout or stderr of a process: every line is an entry of the log. */
export class LineReader {
  readonly #line: EntryBuilder;

  constructor(onEntry: (entry: string) => void) {
    this.#line = new EntryBuilder(onEntry);
  }

  read(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      this.#line.add(chunk.subarray(start, end));
      this.#line.end();
      start = end + 1;
    }
    this.#line.add(chunk.subarray(start));
  }

  /** Makes an entry of a line that has no end yet. */
  flush(): void {
    this.#line.flush();
  }
}
