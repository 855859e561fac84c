import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';

import type { Leak } from './leak.ts';

/** Time that the process has to answer. */
const answerMs = 2000;

const mainThreadIsBusy: Leak = { what: 'the main thread, which is busy', count: 1 };

interface Answer {
  readonly check: number;
  readonly leaks: readonly Leak[];
}

/** Asks a runtime's process for the work that an invocation has left running. */
export class LeakFinder {
  readonly #connection: Duplex;
  #checks = 0;
  #answered: ((answer: Answer) => void) | undefined;

  /** @param connection to what strict mode requires */
  constructor(connection: Duplex) {
    this.#connection = connection;
    const lines = createInterface(connection);
    lines.on('line', (line) => this.#answered?.(JSON.parse(line) as Answer));
    // A connection that breaks is a process that has ended, which its environment notices anyway.
    for (const source of [connection, lines]) source.on('error', () => undefined);
  }

  /**
   * Returns operations that were started and are not settled.
   *
   * @param since in nanoseconds, by the machine's monotonic clock
   */
  async find(since: bigint): Promise<readonly Leak[]> {
    this.#checks += 1;
    const check = this.#checks;
    const { promise, resolve } = Promise.withResolvers<readonly Leak[]>();
    this.#answered = (answer) => {
      if (answer.check === check) resolve(answer.leaks);
    };
    const timer = setTimeout(resolve, answerMs, [mainThreadIsBusy]);
    const onClose = (): void => {
      resolve([]);
    };
    this.#connection.once('close', onClose).write(`${check} ${since}\n`);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#connection.off('close', onClose);
    }
  }
}
