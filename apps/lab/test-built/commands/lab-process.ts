import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';

const main = path.resolve(import.meta.dirname, '../../src/main.ts');

/** A command of the lab that runs until it is interrupted, with its lines of JSON. */
export class LabProcess implements AsyncDisposable {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  stderr = '';
  /** Entries of the functions' logs that were read. */
  readonly logs: string[] = [];

  constructor(argv: readonly string[]) {
    this.#child = spawn(process.execPath, [main, ...argv]);
    this.#child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.#reader = createInterface(this.#child.stdout);
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Returns the next line that is not an entry of a log, parsed. */
  async line(): Promise<unknown> {
    for (;;) {
      const next = await this.#lines.next();
      if (next.done) throw new Error(`There is no further line: ${this.stderr}`);
      const line = JSON.parse(next.value) as { readonly log?: string };
      if (line.log === undefined) return line;
      this.logs.push(line.log);
    }
  }

  /** Sends a signal, and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const closed = once(this.#child, 'close');
    this.#child.kill(signal);
    await closed;
    return this.#child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.end('SIGKILL');
    this.#reader.close();
  }
}
