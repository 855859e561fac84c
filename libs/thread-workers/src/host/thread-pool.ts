import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SHARE_ENV } from 'node:worker_threads';

import { Tinypool } from 'tinypool';

import { withoutStack } from '../shared/plain-error.ts';
import { threadFile } from './thread-file.ts';
import { sharedInteger, type ThreadResult, type ThreadTask } from '../shared/thread-task.ts';

/** How a task ended: the thread gave its result, or is gone, for a reason. */
export type TaskEnd =
  | { readonly kind: 'result'; readonly result: ThreadResult }
  | { readonly kind: 'gone'; readonly reason: unknown };

/** A task that a thread works on, or will. */
export interface RunningTask {
  /** Never rejects. */
  readonly end: Promise<TaskEnd>;
  /** The id of the thread that has begun it, or 0. */
  ownedBy(): number;
  /**
   * Terminates the thread, which is replaced.
   * @returns fulfilled when the thread has ended, which native code in it delays
   */
  stop(reason?: Error): Promise<void>;
}

type TinypoolThread = Tinypool['threads'][number];

/**
 * The number of batches that a thread may miss, because it still loads the work module at their deadline, before it is replaced.
 * A module that loads slowly has all their time.
 */
const MAX_MISSED_BATCHES = 3;

/** The longest time that disposing waits for threads to end, in milliseconds. */
const DESTROY_TIMEOUT_MS = 5_000;

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
  readonly #missed = new WeakMap<TinypoolThread, number>();
  readonly #tasks = new Set<Omit<RunningTask, 'end'>>();
  /** Errors that end a thread on purpose. */
  readonly #expected = new WeakSet<Error>();

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
      // Threads see variables that are set later, such as the trace id of each invocation. Tinypool passes it on.
      env: SHARE_ENV as unknown as Record<string, string>,
    });
    // A thread without a task crashed, for example while it started. Tinypool replaces it.
    this.#pool.on('error', (cause: Error) => {
      const reason = this.#isKnown(cause) ? cause : notStarted(cause);
      if (reason !== cause) console.error(reason);
      if (this.#pool.threads.length > 0) return;
      // No thread is left, and tinypool starts none: the tasks that wait for one would wait forever.
      for (const task of this.#tasks) if (!task.ownedBy()) void task.stop(reason);
    });
    this.#watch();
  }

  /**
   * Hands a task to the next thread that is free, in order of arrival.
   */
  run(task: Omit<ThreadTask, 'owner'>): RunningTask {
    this.#watch();
    const owner = sharedInteger();
    // All that tinypool asks of a signal. The first `AbortController` of a process costs a millisecond.
    const aborter = new EventEmitter();
    let stopReason: unknown;
    const entry: Omit<RunningTask, 'end'> = {
      ownedBy: () => Atomics.load(owner, 0),
      stop: async (reason = new Error('The thread was terminated')) => {
        stopReason ??= reason;
        const ended = this.#ended.get(entry.ownedBy());
        aborter.emit('abort');
        this.#watch();
        await ended;
      },
    };
    this.#tasks.add(entry);
    const transferList = [task.port];
    const options = { signal: aborter, transferList };
    const result = (this.#pool.run({ ...task, owner }, options) as Promise<ThreadResult>).then(
      (value): TaskEnd => ({ kind: 'result', result: value }),
      (error: unknown): TaskEnd => ({
        kind: 'gone',
        reason: stopReason ?? (this.#isKnown(error) || entry.ownedBy() ? error : notStarted(error)),
      }),
    );
    // Tinypool may have started a thread for it.
    this.#watch();
    const end = result.finally(() => {
      // Tinypool assigns functions to properties of each task. V8 puts such a function among what is old, and until that
      // is collected it keeps the task, which is not to keep the port as well.
      transferList.pop();
      this.#tasks.delete(entry);
      this.#watch();
    });
    return { ...entry, end };
  }

  /** Replaces a thread that cannot run tasks, such as one that failed to load the work module. */
  replace(threadId: number): void {
    const thread = this.#pool.threads.find((candidate) => candidate.threadId === threadId);
    if (thread) this.#remove(thread, new Error('The thread is replaced'));
  }

  /**
   * Counts a batch that reached its deadline while a task of it waited for a thread. A thread that has missed several batches is
   * replaced: loading its work module hangs.
   */
  missBatch(): void {
    const busy = new Set([...this.#tasks].map((task) => task.ownedBy()));
    for (const thread of this.#pool.threads.filter(({ threadId }) => !busy.has(threadId))) {
      const missed = (this.#missed.get(thread) ?? 0) + 1;
      this.#missed.set(thread, missed);
      if (missed < MAX_MISSED_BATCHES) continue;
      const reason = `A thread is replaced, because it has not loaded the work module ${this.work} in ${missed} batches.`;
      console.error(reason);
      this.#remove(thread, new Error(reason));
    }
  }

  /**
   * Terminates all threads.
   *
   * @returns fulfilled when they have ended, after five seconds at the latest: native code can delay a thread's end
   */
  async destroy(): Promise<void> {
    this.#watch();
    const ended = Promise.all(this.#ended.values());
    // Tinypool waits for the exit of each thread that it knows, also of one that has exited already.
    this.#pool.destroy().catch(() => undefined);
    const { promise: timeout, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => {
      resolve(undefined);
    }, DESTROY_TIMEOUT_MS);
    await Promise.race([ended, timeout]);
    clearTimeout(timer);
  }

  #isKnown(error: unknown): boolean {
    return this.#expected.has(error as Error);
  }

  /** Has tinypool drop a thread, start another, and fail the task that was posted to it. */
  #remove(thread: TinypoolThread, reason: Error): void {
    this.#expected.add(reason);
    // The event by which tinypool notices a thread that has crashed.
    (thread as unknown as EventEmitter).emit('error', reason);
    this.#watch();
  }

  /** Follows every thread that is new in the pool. */
  #watch(): void {
    for (const thread of this.#pool.threads) {
      if (this.#watched.has(thread)) continue;
      this.#watched.add(thread);
      const id = thread.threadId;
      const ended = new Promise<void>((resolve) => {
        thread.once('exit', (code: number) => {
          this.#ended.delete(id);
          resolve();
          // One that tinypool has let go of crashed or was stopped, and its task has been told.
          if (this.#pool.threads.includes(thread)) this.#exited(thread, id, code);
        });
      });
      this.#ended.set(id, ended);
    }
  }

  #exited(thread: TinypoolThread, id: number, code: number): void {
    const own = [...this.#tasks].filter((task) => task.ownedBy() === id);
    for (const task of own) void task.stop(new Error(`The thread exited with code ${code}`));
    if (own.length > 0) return;
    const reason = `A thread exited with code ${code} while it loaded the work module ${this.work}`;
    this.#remove(thread, new Error(reason));
  }
}

function notStarted(cause: unknown): Error {
  return new Error(`A thread could not be started: ${withoutStack(cause)}`, { cause });
}
