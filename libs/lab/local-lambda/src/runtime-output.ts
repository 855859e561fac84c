import { setImmediate as turn } from 'node:timers/promises';

import { FrameReader } from './log/frame-reader.ts';
import { LineReader } from './log/line-reader.ts';
import type { RuntimeProcess } from './spawn-runtime.ts';

/** Everything that a function's process writes, entry by entry. */
export class RuntimeOutput {
  readonly #readers: (LineReader | FrameReader)[];

  constructor({ stdout, stderr, log }: RuntimeProcess, onEntry: (entry: string) => void) {
    this.#readers = [new LineReader(onEntry), new LineReader(onEntry), new FrameReader(onEntry)];
    for (const [index, stream] of [stdout, stderr, log].entries()) {
      stream.on('data', (chunk: Buffer) => {
        this.#readers[index]?.read(chunk);
      });
      // A pipe that breaks is a process that has ended, which its environment notices anyway.
      stream.on('error', () => undefined);
    }
  }

  /**
   * Settles when everything has been read that the process had written to its pipes before this was called:
   * after a response, or after the process's end, all output of the invocation.
   */
  async drain(): Promise<void> {
    // Between two such turns the event loop reads from every pipe until it is empty.
    await turn();
    await turn();
    for (const reader of this.#readers) reader.flush();
  }
}
