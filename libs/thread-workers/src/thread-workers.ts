import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';

import {
  InvalidOptionError,
  ParallelLambdaError,
  type InvocationInfo,
  type Outcome,
  type Technique,
} from '@parallel-lambda/batch';
import {
  abandoned,
  checkNode,
  describe,
  infoOf,
  notStarted,
  readBatch,
  readSetting,
  stopped,
  succeeded,
  type Batch,
  type Invocation,
} from '@parallel-lambda/batch/technique';

import { boardStatus } from './board-status.ts';
import { listenToThread } from './listen-to-thread.ts';
import { fromPlainError, withoutStack, type PlainError } from './plain-error.ts';
import { SharedBatch } from './shared-batch.ts';
import { sharedInteger } from './shared-integer.ts';
import { threadCount } from './thread-count.ts';
import { ThreadPool, type RunningTask } from './thread-pool.ts';
import type { ToThread } from './thread-task.ts';

/** How thread workers are set up. */
export interface ThreadWorkersOptions {
  /**
   * The module whose default export is the work: `new URL('./work.js', import.meta.url)`. A module, since a closure
   * cannot cross to a thread; in a bundle it is an entry point of its own. Each thread loads it once, while it starts.
   */
  readonly work: URL;
  /**
   * The number of messages in work at one time in all threads together, from 1 to 10,000. The environment variable
   * `WORKERS` overrides it. Messages that only compute need no more than there are threads, and get no more.
   * @default 100: of 1,000 messages that waited 50 ms and computed 1 ms, 500 workers gained a fifth, and 10 took six
   * times as long (`npx nx measure bench`)
   */
  readonly workers?: number;
  /**
   * The number of threads, from 1 to 64. The environment variable `THREADS` overrides it.
   * @default as many as the function has vCPUs by its memory: memory / 1,769 MB, rounded, 1 to 6
   */
  readonly threads?: number;
}

/** Thread workers: a technique whose threads have started, or will have in a moment. */
export interface ThreadTechnique extends Technique, AsyncDisposable {
  /**
   * Fulfilled when a thread has loaded the work module. Awaited where the handler is made, it has the function fail in
   * INIT, rather than batch after batch, when no thread can.
   *
   * @throws {WorkModuleError} when the module throws, or has no function as its default export
   * @throws {Error} when the thread cannot start, or ends while it loads the module
   */
  ready(): Promise<void>;
}

/** The work module cannot be used. Every batch is delivered again until it can. */
export class WorkModuleError extends ParallelLambdaError {
  override readonly name = 'WorkModuleError';
}

/** What becomes of one batch: shared memory, and what the threads tell beside it. */
interface BatchRun {
  readonly batch: Batch;
  readonly shared: SharedBatch;
  readonly info: InvocationInfo;
  /** Fulfilled at the deadline. */
  readonly reached: Promise<void>;
  readonly errors: Map<number, PlainError>;
  /** Why a task's thread is gone, by the number of the task. */
  readonly gone: Map<number, unknown>;
  /** The tasks of which the thread has not ended. */
  readonly running: Map<number, RunningTask>;
}

/**
 * Works on a batch with threads: one pool for the whole execution environment, started at once, one task a thread and
 * batch. Inside it the thread's workers claim lanes from a cursor that all threads share, and write what became of
 * each message to a shared board.
 *
 * A thread that crashes, exits or is terminated costs the messages that it had in work; it is replaced while lanes
 * remain. At the deadline the workers stop claiming; a thread that still works when the grace is over is terminated.
 *
 * @returns the technique; disposing of it ends the threads
 * @throws {InvalidOptionError} when `work` is no module file, or `workers` or `threads` is out of range
 * @throws {ParallelLambdaError} when Node.js is older than 22.12
 * @throws {BundleError} when the function was bundled without what threads start from
 */
export function threadWorkers(options: ThreadWorkersOptions): ThreadTechnique {
  const { work } = options;
  checkNode();
  checkWork(work);
  const workers = readSetting({
    name: 'workers',
    option: options.workers,
    variable: 'WORKERS',
    fallback: 100,
    max: 10_000,
  });
  const threads = readSetting({
    name: 'threads',
    option: options.threads,
    variable: 'THREADS',
    fallback: threadCount(),
    max: 64,
  });
  const pool = new ThreadPool(work, threads);
  /**
   * Memory of batches that have ended. A thread lets go of it when V8 collects the little that it has, which takes more
   * batches than there is memory for where their bodies are large.
   */
  const spares: SharedArrayBuffer[] = [];

  async function workOnBatch(batch: Batch, invocation: Invocation): Promise<Outcome[]> {
    const { lanes } = batch;
    const { deadline } = invocation;
    const tasks = Math.min(threads, workers, lanes.length);
    if (tasks === 0 || deadline.abortIfReached()) return batch.messages.map(() => notStarted);
    const run = startRun(batch, infoOf(invocation.context), deadline.reached, spares.pop());
    let numbers = 0;
    let failure: unknown;
    const { promise: nothingLeft, resolve: leaveNothing } = Promise.withResolvers<undefined>();
    /** Keeps one thread at work, and replaces it when it is gone. */
    const thread = async (share: number): Promise<void> => {
      try {
        do await runTask(run, pool, ++numbers, share);
        while (run.shared.lanesRemain && !run.shared.stoppedEarly && !deadline.abortIfReached());
      } catch (error) {
        failure ??= error;
      }
      if (isDone(run)) leaveNothing(undefined);
    };

    const maxPerThread = Math.ceil(lanes.length / tasks);
    const shares = Array.from({ length: tasks }, (_, index) => Math.floor((workers + index) / tasks));
    const allDone = Promise.all(shares.map((share) => thread(Math.min(share, maxPerThread))));
    let ended = false;
    void deadline.reached.then(() => {
      // While the batch is answered it may still come, and the memory may be another batch's by then.
      if (ended) return;
      run.shared.stopEarly();
      if (isDone(run)) leaveNothing(undefined);
    });
    void deadline.graceOver.then(() => {
      for (const task of run.running.values()) void task.stop();
    });
    await Promise.race([allDone, nothingLeft, deadline.mustRespond]);
    if (failure !== undefined) throw failure as Error;
    const outcomes = batch.messages.map((_, position) => outcomeOf(run, position));
    ended = true;
    // Not before the last task has ended, which may still write, and not where a thread was lost.
    void allDone.then(() => {
      if (run.gone.size === 0) spares.push(run.shared.buffer);
    });
    return outcomes;
  }

  return Object.assign(workOnBatch, {
    ready: () => start(pool),
    [Symbol.asyncDispose]: () => pool.destroy(),
  });
}

/** Has a thread work on nothing, which it does when it has loaded the work module. */
async function start(pool: ThreadPool): Promise<void> {
  const run = startRun(readBatch({ Records: [] }), infoOf({}), new Promise(() => undefined));
  await runTask(run, pool, 1, 1);
  if (run.gone.has(1)) throw run.gone.get(1) as Error;
}

function startRun(
  batch: Batch,
  info: InvocationInfo,
  reached: Promise<void>,
  spare?: SharedArrayBuffer,
): BatchRun {
  const shared = SharedBatch.of(batch, spare);
  return { batch, shared, info, reached, errors: new Map(), gone: new Map(), running: new Map() };
}

/** Has one thread work until no lane is left; whatever happens to it is noted. */
async function runTask(run: BatchRun, pool: ThreadPool, number: number, workers: number): Promise<void> {
  const { batch, shared, info, reached, running } = run;
  const { port1: here, port2: there } = new MessageChannel();
  const recordsSent = sharedInteger();
  const endListening = listenToThread(here, () => {
    here.postMessage({ records: batch.records } satisfies ToThread);
    Atomics.store(recordsSent, 0, 1);
    Atomics.notify(recordsSent, 0);
  });
  void reached.then(() => {
    // Goes nowhere where the task has ended, and the port is closed.
    here.postMessage('stop early' satisfies ToThread);
  });
  const { buffer } = shared;
  const source = batch.source.name;
  try {
    const task = pool.run({ batch: buffer, source, number, workers, info, port: there, recordsSent });
    running.set(number, task);
    const end = await task.end;
    if (end.kind === 'gone') {
      run.gone.set(number, end.reason);
      shared.lose(number);
      await task.stop();
    } else if (end.result.kind === 'no work') {
      const cause = fromPlainError(end.result.reason);
      const why = `The work module ${pool.work} could not be loaded: ${withoutStack(cause)}`;
      throw new WorkModuleError(why, { cause });
    } else {
      for (const [position, error] of end.result.errors) run.errors.set(position, error);
    }
  } finally {
    endListening();
  }
  running.delete(number);
}

/**
 * Whether no lane is to be claimed any more and nobody works on one. A task that no thread has begun, such as one that
 * waits for its thread to start or to be done with another batch, will find nothing to do: it is not waited for.
 */
function isDone({ shared, running }: BatchRun): boolean {
  return (
    (!shared.lanesRemain || shared.stoppedEarly) && [...running.values()].every((task) => !task.takenBy())
  );
}

function outcomeOf({ shared, errors, gone, running }: BatchRun, position: number): Outcome {
  switch (shared.status(position)) {
    case boardStatus.waiting:
      return notStarted;
    case boardStatus.started:
      return running.has(shared.task(position)) ? abandoned : stopped;
    case boardStatus.succeeded:
      return succeeded;
    case boardStatus.failed: {
      const error = errors.get(position);
      return { status: 'failed', error: error ? fromPlainError(error) : gone.get(shared.task(position)) };
    }
  }
}

function checkWork(work: URL): void {
  if (!(work instanceof URL) || work.protocol !== 'file:') {
    throw new InvalidOptionError(
      `work must be a module's URL, such as new URL('./work.js', import.meta.url), not ${describe(work)}`,
    );
  }
  if (existsSync(work)) return;
  throw new InvalidOptionError(
    `There is no work module ${fileURLToPath(work)}. In a bundle it must be an entry point`,
  );
}
