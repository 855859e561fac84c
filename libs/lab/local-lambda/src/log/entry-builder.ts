import { StringDecoder } from 'node:string_decoder';

/** CloudWatch cuts longer ones too; here it limits the memory of a line without end. */
const longestEntry = 256 * 1024;

/** Puts one log entry together from the pieces in which it is read. */
export class EntryBuilder {
  readonly #onEntry: (entry: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  #text = '';

  constructor(onEntry: (entry: string) => void) {
    this.#onEntry = onEntry;
  }

  add(bytes: Buffer): void {
    this.#text += this.#decoder.write(bytes);
    while (this.#text.length > longestEntry) {
      this.#onEntry(this.#text.slice(0, longestEntry));
      this.#text = this.#text.slice(longestEntry);
    }
  }

  /** The entry is complete, empty though it may be. */
  end(): void {
    const entry = this.#text + this.#decoder.end();
    this.#text = '';
    this.#onEntry(entry.replace(/\r?\n$|\r$/, ''));
  }

  /** Ends the current entry, if there is one. */
  flush(): void {
    if (this.#text !== '') this.end();
  }
}
