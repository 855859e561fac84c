import type { AdaptiveOptions, AdaptiveWorkers, Outcome, Technique } from '@parallel-lambda/batch';
import {
  checkNode,
  checkOptions,
  InvalidOptionError,
  infoOf,
  notStarted,
  readBatch,
  readSetting,
  readWorkers,
  type Batch,
  type Invocation,
} from '@parallel-lambda/batch/technique';

import { THREAD_MARK, type ThreadTask } from '../shared/thread-task.ts';
import { finishIfIdle, outcomeOf, publishEnds, runTask, startRun } from './batch-run.ts';
import { findWorkModule } from './module-files.ts';
import { threadCount } from './thread-count.ts';
import { ThreadPool } from './thread-pool.ts';

/** Options of `threadWorkers`. */
export interface ThreadWorkersOptions {
  /**
   * The module whose default export is the work: `new URL('./work.js', import.meta.url)`. A module, because a function
   * cannot be passed to a thread. In a bundle it is an entry point. Each thread loads it once, when it starts. From
   * TypeScript sources, where only `work.ts` exists, that is loaded.
   *
   * The module may also export `onBatchEnd`: see {@link OnBatchEnd}.
   */
  readonly work: URL;
  /**
   * The maximum number of messages in flight in all threads together, from 1 to 10,000. The environment variable
   * `WORKERS` overrides it. A thread that computes has one message in flight, whatever this number is.
   * @default 100
   */
  readonly workers?: number | AdaptiveWorkers;
  /**
   * The number of threads, from 1 to 64. The environment variable `THREADS` overrides it.
   * @default one per vCPU of the function: memory / 1,769 MB, rounded, 1 to 6
   */
  readonly threads?: number;
}

/** The technique of thread workers. Its threads start when it is created. */
export interface ThreadTechnique extends Technique, AsyncDisposable {
  /**
   * Waits until every thread has loaded the work module. Await it where you create the handler, so that a module that cannot
   * be loaded fails INIT instead of every batch. Threads that failed are replaced, so a later call can succeed.
   *
   * @throws {WorkModuleError} if the module throws, or its default export is not a function
   * @throws {Error} if a thread cannot start, or exits while it loads the module
   */
  ready(): Promise<void>;
}

/**
 * Processes a batch with threads. They start immediately and are shared by all batches of the execution environment. In
 * each thread, workers claim lanes from a cursor in shared memory and write the status of each message to a shared board.
 *
 * If a thread crashes, exits or is terminated, only its messages in flight are lost; it is replaced while lanes remain. A
 * thread that cannot load the work module is replaced and tried again with the next batch. At the deadline no message is
 * started any more; a thread whose work still runs when the grace period is over is terminated.
 *
 * @returns the technique; dispose of it to terminate the threads
 * @throws {InvalidOptionError} when `work` is not a file, an option is unknown, or `workers` or `threads` is out of range
 * @throws {ParallelLambdaError} when Node.js is older than 22.12
 * @throws {BundleError} when the function was bundled without the file that threads start from
 */
export function threadWorkers(options: ThreadWorkersOptions): ThreadTechnique {
  const { work, setting, workers, threads: threadSetting } = readOptions(options);
  // Each thread has its share of the workers, at least one.
  const threads = Math.min(threadSetting, workers);
  const range = typeof setting === 'number' ? undefined : partOf(setting, threads);
  const pool = new ThreadPool(work, threads);
  /**
   * Memory of batches that have ended, to be reused. V8 does not see how large it is, so a thread would keep the memory of more
   * batches than fit.
   */
  const spares: SharedArrayBuffer[] = [];

  async function workOnBatch(batch: Batch, invocation: Invocation): Promise<Outcome[]> {
    const { deadline, logger = console } = invocation;
    pool.logger = logger;
    const lanes = batch.lanes.length;
    const tasks = Math.min(threads, lanes);
    if (tasks === 0 || deadline.abortIfReached()) return batch.messages.map(() => notStarted);
    const run = startRun(batch, infoOf(invocation.context), deadline.reached, spares.pop());
    let numbers = 0;
    const limits: ThreadTask['limits'] = { workers, threads, perTask: Math.ceil(lanes / tasks), range };
    const { promise: nothingLeft, resolve: leaveNothing } = Promise.withResolvers<undefined>();
    /** Keeps one thread busy while lanes remain, also a replacement of it. */
    const thread = async (): Promise<void> => {
      let started: boolean;
      do started = await runTask(run, pool, ++numbers, limits);
      while (started && run.shared.lanesRemain && !deadline.abortIfReached());
      if (finishIfIdle(run)) leaveNothing(undefined);
    };

    const allDone = Promise.all(Array.from({ length: tasks }, () => thread()));
    let ended = false;
    void deadline.reached.then(() => {
      // After the outcomes are known, the memory may belong to another batch.
      if (ended) return;
      run.shared.stopEarly();
      if (finishIfIdle(run)) leaveNothing(undefined);
    });
    void deadline.graceOver.then(() => {
      for (const task of run.running.values()) void task.stop();
    });
    await Promise.race([allDone, nothingLeft, deadline.mustRespond]);
    // Only if no thread could start.
    const startError = run.startErrors[tasks - 1];
    const outcomes = batch.messages.map((_, position) => outcomeOf(run, position, startError));
    ended = true;
    if (run.isTimed) publishEnds(run, outcomes, invocation.context);
    if (run.shared.stoppedEarly) pool.missBatch();
    // Not before the last task has ended, which may still write, and not where a thread was lost.
    allDone.then(
      () => {
        if (run.gone.size === 0) spares.push(run.shared.buffer);
      },
      // After the response no code waits for it.
      () => undefined,
    );
    return outcomes;
  }

  return Object.assign(workOnBatch, {
    ready: () => startAll(pool, threads),
    [Symbol.asyncDispose]: () => pool.destroy(),
  });
}

/** Checks the options, and overrides them by environment variables. */
function readOptions(options: ThreadWorkersOptions) {
  checkNode();
  checkOptions('threadWorkers', options, ['work', 'workers', 'threads']);
  if (THREAD_MARK in globalThis) {
    // It would start threads that start threads.
    throw new InvalidOptionError(
      'threadWorkers was called in a thread that it started. The work module must not import the handler.',
    );
  }
  const setting = readWorkers(options.workers);
  return {
    work: findWorkModule(options.work),
    setting,
    workers: typeof setting === 'number' ? setting : setting.max,
    threads: readSetting({
      name: 'threads',
      option: options.threads,
      variable: 'THREADS',
      fallback: threadCount(),
      max: 64,
    }),
  };
}

/** Returns the range of one of several threads: together, their limits are in the range of all. */
function partOf({ min, max }: AdaptiveWorkers, threads: number): AdaptiveOptions {
  const part = Math.floor(max / threads);
  return { min: Math.min(Math.ceil(min / threads), part), max: part };
}

/** Gives every thread an empty batch, which it processes once it has loaded the work module. */
async function startAll(pool: ThreadPool, threads: number): Promise<void> {
  const run = startRun(readBatch({ Records: [] }), infoOf({}), new Promise(() => undefined));
  await Promise.all(
    Array.from({ length: threads }, (_, index) =>
      runTask(run, pool, index + 1, { workers: 1, threads: 1, perTask: 1, range: undefined }),
    ),
  );
  const [startError] = run.startErrors;
  if (startError) throw startError;
}
