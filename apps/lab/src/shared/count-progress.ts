import ora from 'ora';

/** Shows on stderr how far something has come: on a terminal a line that changes, elsewhere one at each tenth but the last. */
export class CountProgress implements Disposable {
  readonly #all: number;
  readonly #what: string;
  readonly #spinner = process.stderr.isTTY ? ora({ stream: process.stderr }).start() : undefined;
  #tenth = 0;

  /**
   * @param all how many there are to be, if that is known
   * @param what is done with them: `messages sent`
   */
  constructor(all: number, what: string) {
    this.#all = all;
    this.#what = what;
  }

  /** @param done so far */
  show(done: number): void {
    const line = `${done} of ${this.#all} ${this.#what}`;
    const tenth = Math.floor((done / this.#all) * 10);
    if (this.#spinner) this.#spinner.text = line;
    else if (tenth > this.#tenth && done < this.#all) console.error(line);
    this.#tenth = Math.max(tenth, this.#tenth);
  }

  [Symbol.dispose](): void {
    this.#spinner?.stop();
  }
}
