import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Report of a thread of the function. */
export interface ThreadStatus {
  /** Active resources by type, as Node.js names them. */
  readonly resources: Readonly<Record<string, number>>;
  /** Intervals that do not keep the process running, which are no active resources. */
  readonly intervals: number;
  /** Milliseconds until the timers fire that keep the process running. */
  readonly timers: readonly number[];
  /** Requests that are not answered yet, also those that wait for a connection. */
  readonly requests: number;
  /** Bytes of the heap and outside of it. */
  readonly bytes: number;
}

/** A line that a thread sends. */
type Line = ThreadStatus & { readonly ask?: number; readonly missing?: string };

/** The connection on which a thread of the function answers questions. */
export class ThreadConnection {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (status: ThreadStatus | undefined) => void>();
  #asked = 0;

  /** @param onMissing is given the environment variables that the function's own code reads and that are not set */
  constructor(socket: Socket, onMissing: (variable: string) => void) {
    this.#socket = socket;
    const lines = createInterface(socket).on('line', (line) => {
      const { ask, missing, ...status } = JSON.parse(line) as Line;
      if (missing !== undefined) onMissing(missing);
      if (ask === undefined) return;
      this.#waiting.get(ask)?.(status);
      this.#waiting.delete(ask);
    });
    for (const source of [socket, lines]) source.on('error', () => undefined);
    socket.once('close', () => {
      for (const resolve of this.#waiting.values()) resolve(undefined);
    });
  }

  get closed(): boolean {
    return this.#socket.destroyed;
  }

  /** Enables the recording of timers in the thread. */
  watchTimers(): void {
    this.#socket.write(`${JSON.stringify({ watch: true })}\n`);
  }

  /**
   * Asks how the thread is. A frozen thread answers when it is thawed.
   *
   * @param collect run the garbage collection before
   * @returns `undefined` if the thread ends before it answers
   */
  ask(collect = false): Promise<ThreadStatus | undefined> {
    if (this.closed) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<ThreadStatus | undefined>();
    this.#asked += 1;
    this.#waiting.set(this.#asked, resolve);
    this.#socket.write(`${JSON.stringify({ ask: this.#asked, collect })}\n`);
    return promise;
  }
}
