import { fileURLToPath } from 'node:url';

import { EventEmitter } from 'node:events';

import { Tinypool } from 'tinypool';

import { withoutStack } from './plain-error.ts';
import { threadFile } from './thread-file.ts';
import type { ThreadResult, ThreadTask } from './thread-task.ts';

/** How a task ended: the thread gave its result, or is gone, for a reason. */
export type TaskEnd =
  | { readonly kind: 'result'; readonly result: ThreadResult }
  | { readonly kind: 'gone'; readonly reason: unknown };

/** A task that a thread works on, or will. */
export interface RunningTask {
  /** Rejects only when there is no thread to run it. */
  readonly end: Promise<TaskEnd>;
  /** Whether a thread has begun it. */
  taken(): boolean;
  /**
   * Terminates the thread, which is replaced.
   * @returns fulfilled when the thread has ended, which native code in it delays
   */
  stop(): Promise<void>;
}

interface TaskEntry {
  /** Where the thread writes its id when it takes the task. */
  readonly taker: Int32Array;
  stop(reason: Error): Promise<void>;
  lose(reason: Error): void;
}

/**
 * A pool of a fixed number of threads, started at once, and what tinypool lacks: it does not notice a thread that
 * exits. Its `run()` would never settle, and the dead thread would keep its place. So every task has an abort signal
 * of its own, by which tinypool clears that place and fills it again.
 */
export class ThreadPool {
  /** The file that each thread loads. */
  readonly work: string;
  readonly #pool: Tinypool;
  readonly #ended = new Map<number, Promise<void>>();
  readonly #watched = new WeakSet();
  readonly #tasks = new Set<TaskEntry>();
  #broken: Error | undefined;

  /**
   * @param work the module that each thread loads while it starts
   * @param threads how many
   * @throws {BundleError} when there is no file for a thread to start from
   */
  constructor(work: URL, threads: number) {
    this.work = fileURLToPath(work);
    this.#pool = new Tinypool({
      filename: threadFile().href,
      argv: [work.href],
      minThreads: threads,
      maxThreads: threads,
    });
    // A thread that crashed with no task did so while it started.
    this.#pool.on('error', (cause: unknown) => {
      const reason = notStarted(cause);
      console.error(reason);
      this.#loseWaiting(reason);
    });
    this.#watch();
  }

  /** Hands a task to the next thread that is free, in order of arrival. */
  run(task: Omit<ThreadTask, 'taker'>): RunningTask {
    this.#watch();
    if (this.#broken) {
      return { end: Promise.reject(this.#broken), taken: () => false, stop: () => Promise.resolve() };
    }
    const taker = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    // All that tinypool asks of a signal. The first `AbortController` of a process costs a millisecond.
    const aborter = new EventEmitter();
    const lost = Promise.withResolvers<never>();
    let reason: unknown;
    const entry: TaskEntry = {
      taker,
      stop: async (why) => {
        reason ??= why;
        const ended = this.#ended.get(Atomics.load(taker, 0));
        aborter.emit('abort');
        this.#watch();
        await ended;
      },
      lose: (why) => {
        lost.reject(why);
        aborter.emit('abort');
      },
    };
    this.#tasks.add(entry);
    const options = { signal: aborter, transferList: [task.port] };
    const result = (this.#pool.run({ ...task, taker }, options) as Promise<ThreadResult>).then(
      (value): TaskEnd => ({ kind: 'result', result: value }),
      (error: unknown): TaskEnd => {
        const taken = Atomics.load(taker, 0) !== 0;
        return { kind: 'gone', reason: reason ?? (taken ? error : notStarted(error)) };
      },
    );
    const end = Promise.race([lost.promise, result]).finally(() => {
      this.#tasks.delete(entry);
      this.#watch();
    });
    return {
      end,
      taken: () => Atomics.load(taker, 0) !== 0,
      stop: () => entry.stop(new Error('The thread was terminated')),
    };
  }

  async destroy(): Promise<void> {
    await this.#pool.destroy();
  }

  /** Follows every thread that is new in the pool. */
  #watch(): void {
    for (const thread of this.#pool.threads) {
      if (this.#watched.has(thread)) continue;
      this.#watched.add(thread);
      const id = thread.threadId;
      const ended = new Promise<void>((resolve) => {
        thread.once('exit', () => {
          this.#ended.delete(id);
          resolve();
        });
      });
      this.#ended.set(id, ended);
      thread.once('exit', (code: number) => {
        // One that tinypool has let go of crashed or was stopped, and its task has been told.
        if (this.#pool.threads.includes(thread)) this.#exited(id, code);
      });
    }
  }

  #exited(id: number, code: number): void {
    const reason = new Error(`The thread exited with code ${code}`);
    const own = [...this.#tasks].filter(({ taker }) => Atomics.load(taker, 0) === id);
    for (const task of own) void task.stop(reason);
    if (own.length > 0) return;
    this.#broken = new Error(
      `A thread exited with code ${code} while it loaded the work module ${this.work}`,
    );
    this.#loseWaiting(this.#broken);
  }

  /** Gives up the tasks that no thread has taken: the one that should have may be gone. */
  #loseWaiting(reason: Error): void {
    for (const task of this.#tasks) if (Atomics.load(task.taker, 0) === 0) task.lose(reason);
  }
}

function notStarted(cause: unknown): Error {
  return new Error(`A thread could not be started: ${withoutStack(cause)}`, { cause });
}
