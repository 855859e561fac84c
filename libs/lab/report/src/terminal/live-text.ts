import { clearScreenDown, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';

/** A terminal. It may report a size of 0 × 0. */
export type Terminal = NodeJS.WritableStream & Pick<WriteStream, 'columns' | 'rows'>;

/** Text at the end of a terminal's output that is replaced as it changes. */
export class LiveText {
  readonly #stream: Terminal;
  #text = '';
  #drawnRows = 0;

  constructor(stream: Terminal) {
    this.#stream = stream;
  }

  update(text: string): void {
    this.clear();
    this.#text = text;
    this.#draw();
  }

  /** Calls a function that prints; its output scrolls above the text. */
  above(print: () => void): void {
    this.clear();
    print();
    this.#draw();
  }

  clear(): void {
    if (this.#drawnRows === 0) return;
    moveCursor(this.#stream, 0, -this.#drawnRows);
    clearScreenDown(this.#stream);
    this.#drawnRows = 0;
  }

  #draw(): void {
    if (this.#text === '') return;
    const { columns, rows } = this.#stream;
    const rowsOf = (line: string): number =>
      Math.max(1, Math.ceil(stripVTControlCharacters(line).length / (columns || 80)));
    const lines: string[] = [];
    for (const line of this.#text.split('\n')) {
      // What scrolls off the top cannot be replaced.
      if (this.#drawnRows + rowsOf(line) >= (rows || 24)) break;
      this.#drawnRows += rowsOf(line);
      lines.push(line);
    }
    if (lines.length > 0) this.#stream.write(`${lines.join('\n')}\n`);
  }
}
