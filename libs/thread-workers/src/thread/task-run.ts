import { DeadlineReached, type WorkContext } from '@parallel-lambda/batch';
import {
  claimWithin,
  contextOf,
  heldBack,
  isolated,
  isolation,
  nameOf,
  outcomeOfError,
  perform,
  sourceNamed,
  stopwatch,
  type Failure,
  type LaneCursor,
  type WorkerLimit,
  type WorkerShare,
} from '@parallel-lambda/batch/technique';

import { toPlainError } from '../shared/plain-error.ts';
import { FAILED, STARTED, SUCCEEDED } from '../shared/shared-batch.ts';
import type { FromThread, ThreadTask, ToThread } from '../shared/thread-task.ts';
import { fetchedRecords } from './fetched-records.ts';
import type { WorkModule } from './load-work.ts';
import { ThreadBatch } from './thread-batch.ts';
import { report } from './thread-console.ts';
import { ownErrors, type MessageOwner } from './uncaught-errors.ts';

/**
 * The number of turns of the event loop, after the last message of the batch has settled, in which an error that a message
 * left behind takes its success back: one in which it appears, and one for what that turn starts.
 */
const LAST_TURNS = 2;

/** Processes the part of a batch that falls to this thread. */
export class TaskRun implements LaneCursor {
  readonly #module: WorkModule;
  readonly #task: ThreadTask;
  readonly #batch: ThreadBatch;
  readonly #aborter = new AbortController();
  readonly #context: WorkContext;
  readonly #finished = Promise.withResolvers<undefined>();
  readonly #reached = Promise.withResolvers<undefined>();
  readonly #share: WorkerShare;
  readonly #failed = new Map<number, Failure>();
  readonly #isolation = isolation();
  /** The messages whose work has fulfilled, in a turn of the event loop that has not ended. */
  #fulfilled: number[] = [];
  /** The number of workers that wait for the end of their turn. */
  #waiting = 0;
  #started = 0;

  constructor(module: WorkModule, task: ThreadTask, limit: WorkerLimit) {
    const { port, recordsSent, info } = task;
    this.#module = module;
    this.#task = task;
    const options = { sent: recordsSent, deadlineMs: info.deadlineMs, onOther: this.#receive };
    this.#batch = new ThreadBatch(task.batch, sourceNamed(task.source), fetchedRecords(port, options));
    this.#context = contextOf(info, this.#aborter.signal);
    // Called by `grouped`. Lanes that this thread cannot have in flight together are left to others.
    const gather = (size: number): void => {
      this.#batch.gather(Math.min(size, maxInFlight(task.limits)));
    };
    Object.defineProperty(this.#context, 'gather', { value: gather });
    this.#share = limit.share({ reached: this.#reached.promise, signal: this.#aborter.signal });
  }

  /**
   * Processes messages until no lane is left, then waits until no thread has one in flight. A thread without a task does not
   * run its event loop, so an error that one of its messages leaves behind would be too late.
   */
  async process(): Promise<void> {
    const { port } = this.#task;
    port.on('message', this.#receive);
    await Promise.all(await this.#openWorkers());
    this.#share.end();
    if (this.#share.notStarted === heldBack && this.#batch.isCurrent) this.#batch.holdBack();
    port.postMessage('idle' satisfies FromThread);
    await this.#finished.promise;
    for (let left = LAST_TURNS; left > 0; left -= 1) await turnOfTheEventLoop();
    if (this.#started > 0) await this.#runHook();
    port.off('message', this.#receive);
  }

  /** Revokes every success of this task, after an error that any of its messages may have caused. */
  distrust(): void {
    this.#fulfilled = [];
    this.#batch.distrust(this.#task.number);
  }

  claim(): ArrayLike<number> | undefined {
    return this.#batch.claim();
  }

  mayStart(position: number): boolean {
    return !this.#abortIfReached() && this.#batch.mayStart(position);
  }

  fail(position: number, error: unknown): void {
    this.#failed.set(position, { error });
    this.#batch.mark(position, this.#task.number, FAILED);
    this.#batch.holdUp(position);
  }

  failureOf(position: number): Failure | undefined {
    return this.#failed.get(position);
  }

  /**
   * Opens workers one by one, each after a turn of the event loop in which no message has settled. So a thread that computes has
   * one worker, which claims no more than it processes, and messages that wait are shared evenly. If they were claimed
   * together, all would go to one thread.
   */
  async #openWorkers(): Promise<Promise<void>[]> {
    const opened: Promise<void>[] = [];
    while (
      opened.length < maxInFlight(this.#task.limits) &&
      this.#batch.lanesRemain &&
      !this.#abortIfReached()
    ) {
      if (this.#waiting === 0) opened.push(this.#worker());
      await turnOfTheEventLoop();
    }
    return opened;
  }

  async #worker(): Promise<void> {
    const { number, isTimed } = this.#task;
    const { work } = this.#module;
    for (const position of claimWithin(this, this.#share)) {
      if (typeof position !== 'number') {
        await position;
        continue;
      }
      this.#started += 1;
      this.#batch.mark(position, number, STARTED);
      const owner = this.#ownerOf(position);
      const durationMs = isTimed ? stopwatch() : undefined;
      try {
        await perform(
          (message, context) => {
            ownErrors(owner);
            return work(message, context);
          },
          this.#batch.message(position),
          this.#context,
          this.#isolation,
        );
        this.#fulfilled.push(position);
      } catch (error) {
        // Otherwise the message stays started, and counts as interrupted when this task has ended.
        if (outcomeOfError(error, this.#context.signal).status === 'failed') owner.fail(error);
      }
      if (durationMs) this.#batch.setDuration(position, durationMs());
      await this.#endOfTurn();
    }
  }

  /**
   * Waits until this turn of the event loop has ended, and marks the messages that have succeeded. Node.js reports an error that
   * a message leaves behind at the end of a turn only. Until then the message has not succeeded, and no other is started: it
   * could keep the turn from ending.
   */
  #endOfTurn(): Promise<void> {
    this.#waiting += 1;
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#waiting -= 1;
        this.#markSuccesses();
        resolve();
      });
    });
  }

  #markSuccesses(): void {
    for (const position of this.#fulfilled) {
      if (!this.#failed.has(position)) this.#batch.mark(position, this.#task.number, SUCCEEDED);
    }
    this.#fulfilled = [];
  }

  #ownerOf(position: number): MessageOwner {
    return {
      fail: (error) => {
        if (!this.#batch.isCurrent || this.#failed.has(position)) return;
        // Immediately: the thread may be terminated.
        this.#task.port.postMessage({ failed: [position, toPlainError(error)] } satisfies FromThread);
        this.fail(position, error);
      },
    };
  }

  /** Runs `onBatchEnd` of the work module. An error that it leaves behind belongs to no message. */
  async #runHook(): Promise<void> {
    const { onBatchEnd } = this.#module;
    if (!onBatchEnd) return;
    try {
      await isolated(() => {
        ownErrors({ fail: () => undefined });
        return onBatchEnd(this.#context);
      });
    } catch (error) {
      report('error', `onBatchEnd of the work module failed with ${nameOf(error)}`, error);
    }
    // A rejection that the hook left behind must not end the thread in the next batch.
    await turnOfTheEventLoop();
  }

  readonly #receive = (message: ToThread): void => {
    if (message === 'stop early') this.#stopEarly();
    this.#finished.resolve(undefined);
  };

  #abortIfReached(): boolean {
    const { deadlineMs = Infinity } = this.#task.info;
    const isReached = this.#aborter.signal.aborted || this.#batch.stoppedEarly || Date.now() >= deadlineMs;
    if (isReached && !this.#aborter.signal.aborted) this.#stopEarly();
    return isReached;
  }

  #stopEarly(): void {
    // For all threads: one that stopped claiming by its own clock must not be given another task of this batch.
    if (this.#batch.isCurrent) this.#batch.stopEarly();
    this.#aborter.abort(new DeadlineReached());
    this.#reached.resolve(undefined);
  }
}

/** Returns the share of this thread. Tinypool numbers threads from 1, and gives the number of a lost thread to its replacement. */
export function maxInFlight({ workers, threads, perTask }: ThreadTask['limits']): number {
  return Math.min(perTask, Math.floor((workers + (workerId() % threads)) / threads));
}

function workerId(): number {
  const { __tinypool_state__: state } = process as { __tinypool_state__?: { readonly workerId?: number } };
  return state?.workerId ?? 0;
}

function turnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
