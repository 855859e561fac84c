import { setImmediate as turn } from 'node:timers/promises';

import { FrameReader } from './log/frame-reader.ts';
import { LineReader } from './log/line-reader.ts';
import type { RuntimeProcess } from './spawn-runtime.ts';

/** More than the pipes of a process hold: once so much has been read, what was in them before has been. */
const pipesHold = 8 * 1024 * 1024;

/** Everything that a function's process writes, entry by entry. */
export class RuntimeOutput {
  readonly #streams: RuntimeProcess['stdout' | 'stderr' | 'log'][];
  readonly #readers: (LineReader | FrameReader)[];
  #bytesRead = 0;

  constructor({ stdout, stderr, log }: RuntimeProcess, onEntry: (entry: string) => void) {
    this.#streams = [stdout, stderr, log];
    this.#readers = [new LineReader(onEntry), new LineReader(onEntry), new FrameReader(onEntry)];
    for (const [index, stream] of this.#streams.entries()) {
      stream.on('data', (chunk: Buffer) => {
        this.#bytesRead += chunk.length;
        this.#readers[index]?.read(chunk);
      });
      // A pipe that breaks is a process that has ended, which its environment notices by itself.
      stream.on('error', () => undefined);
    }
  }

  /**
   * Settles when everything has been read that the process had written to its pipes before this was called:
   * after a response, or after the process's end, all that belongs to the invocation.
   */
  async drain(): Promise<void> {
    const from = this.#bytesRead;
    let before: number;
    await turn();
    do {
      before = this.#bytesRead;
      // Between two such turns the event loop reads from every pipe that has something: none had, when
      // nothing came.
      await turn();
    } while (this.#bytesRead !== before && this.#bytesRead - from < pipesHold);
    for (const reader of this.#readers) reader.flush();
  }

  close(): void {
    for (const stream of this.#streams) stream.destroy();
  }
}
