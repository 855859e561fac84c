import type { EventEmitter } from 'node:events';
import { SHARE_ENV } from 'node:worker_threads';

import { log, nameOf, type Logger } from '@parallel-lambda/batch/technique';
import { Tinypool } from 'tinypool';

import { fromPlainError } from '../shared/plain-error.ts';
import { sharedInteger, type LoadFailure, type ThreadTask } from '../shared/thread-task.ts';
import { threadFile, WorkModuleError } from './module-files.ts';

/** End of a task that a thread could not finish: the reason why the thread is gone. */
type TaskEnd = { readonly reason: unknown } | undefined;

/** A task that a thread runs or will run. */
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
 * A pool of a fixed number of threads, started immediately. Tinypool does not notice that a thread exits: its `run()` would never
 * settle, and it would keep the dead thread. So every task has its own abort signal, which has tinypool replace the thread.
 */
export class ThreadPool {
  /** Logger of the pool: that of the latest batch. */
  logger: Logger = console;
  readonly #pool: Tinypool;
  /** The path of the work module. */
  readonly #work: string;
  readonly #ended = new Map<number, Promise<void>>();
  /** The threads that are watched, each with the number of batches that it has missed. */
  readonly #missed = new WeakMap<TinypoolThread, number>();
  readonly #tasks = new Set<Omit<RunningTask, 'end'>>();

  /**
   * @param work the module that each thread loads while it starts
   * @param threads the number of threads
   * @throws {BundleError} when there is no file for a thread to start from
   */
  constructor(work: URL, threads: number) {
    this.#work = work.pathname;
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
      const reason = startError(cause);
      if (reason !== cause) log(this.logger, 'error', reason.message, cause);
      if (this.#pool.threads.length > 0) return;
      // No thread is left, and tinypool starts none, so the waiting tasks would wait forever.
      for (const task of this.#tasks) if (!task.ownedBy()) void task.stop(reason);
    });
    this.#watch();
  }

  /** Runs a task in the next idle thread. Tasks wait in order of arrival. */
  run(task: Omit<ThreadTask, 'owner'>): RunningTask {
    const owner = sharedInteger();
    const aborter = new AbortController();
    let stopReason: unknown;
    const entry: Omit<RunningTask, 'end'> = {
      ownedBy: () => Atomics.load(owner, 0),
      stop: async (reason = new Error('The thread was terminated')) => {
        stopReason ??= reason;
        const ended = this.#ended.get(entry.ownedBy());
        aborter.abort();
        this.#watch();
        await ended;
      },
    };
    this.#tasks.add(entry);
    const transferList = [task.port];
    const end = this.#pool
      .run({ ...task, owner }, { signal: aborter.signal, transferList })
      .then(
        (result: unknown) => this.#endOf(result as LoadFailure | undefined),
        (error: unknown): TaskEnd => ({
          reason: stopReason ?? (entry.ownedBy() ? error : startError(error)),
        }),
      )
      .finally(() => {
        // Tinypool assigns functions to properties of each task. V8 allocates such a function in the old generation, which
        // keeps the task until a major GC. It must not keep the port as well.
        transferList.pop();
        this.#tasks.delete(entry);
        this.#watch();
      });
    // Tinypool may have started a thread for it.
    this.#watch();
    return { ...entry, end };
  }

  /**
   * Call it after a batch that reached its deadline. Counts the batch for each thread that took no task although one waits: it
   * still loads the work module. A thread that has missed several batches is replaced, because loading hangs.
   */
  missBatch(): void {
    const owners = [...this.#tasks].map((task) => task.ownedBy());
    if (!owners.includes(0)) return;
    for (const thread of this.#pool.threads) {
      if (owners.includes(thread.threadId)) continue;
      const missed = (this.#missed.get(thread) ?? 0) + 1;
      this.#missed.set(thread, missed);
      if (missed < MAX_MISSED_BATCHES) continue;
      const reason = `A thread has not loaded the work module ${this.#work} in ${missed} batches, so it is replaced.`;
      log(this.logger, 'error', reason);
      this.#remove(thread, reason);
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
    // Tinypool waits for the exit of each of its threads, even of a thread that has exited already.
    this.#pool.destroy().catch(() => undefined);
    const timeout = new Promise((resolve) => {
      setTimeout(resolve, DESTROY_TIMEOUT_MS).unref();
    });
    await Promise.race([ended, timeout]);
  }

  /** Replaces a thread that failed to load the work module. */
  #endOf(result: LoadFailure | undefined): TaskEnd {
    if (!result) return undefined;
    const thread = this.#pool.threads.find(({ threadId }) => threadId === result.threadId);
    if (thread) this.#remove(thread, 'The thread is replaced');
    const cause = fromPlainError(result.reason);
    const why = `The work module ${this.#work} could not be loaded: ${nameOf(cause)}`;
    return { reason: new WorkModuleError(why, { cause }) };
  }

  /** Has tinypool drop a thread, start another, and fail the task that was posted to it. */
  #remove(thread: TinypoolThread, reason: string): void {
    // Tinypool detects a crashed thread by this event.
    (thread as unknown as EventEmitter).emit('error', new WorkModuleError(reason));
    this.#watch();
  }

  /** Follows every thread that is new in the pool. */
  #watch(): void {
    for (const thread of this.#pool.threads) {
      if (this.#missed.has(thread)) continue;
      this.#missed.set(thread, 0);
      const id = thread.threadId;
      const ended = new Promise<void>((resolve) => {
        thread.once('exit', (code: number) => {
          this.#ended.delete(id);
          resolve();
          // A thread that crashed or was stopped has left the pool, and its task has ended.
          if (this.#pool.threads.includes(thread))
            this.#exited(thread, id, `A thread exited with code ${code}`);
        });
      });
      this.#ended.set(id, ended);
    }
  }

  #exited(thread: TinypoolThread, id: number, reason: string): void {
    const own = [...this.#tasks].find((task) => task.ownedBy() === id);
    if (own) void own.stop(new Error(reason));
    else this.#remove(thread, `${reason} while it loaded the work module ${this.#work}`);
  }
}

/** Returns why a thread could not start: the reason for which it was removed, or a reason with the cause. */
function startError(cause: unknown): Error {
  if (cause instanceof WorkModuleError) return cause;
  return new Error(`A thread could not be started: ${nameOf(cause)}`, { cause });
}
