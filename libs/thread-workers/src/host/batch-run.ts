import { MessageChannel, type MessagePort } from 'node:worker_threads';

import type { InvocationInfo, Outcome, WorkContext } from '@parallel-lambda/batch';
import {
  abandoned,
  heldBack,
  interrupted,
  messageChannel,
  notStarted,
  succeeded,
  type Batch,
} from '@parallel-lambda/batch/technique';

import { fromPlainError, type PlainError } from '../shared/plain-error.ts';
import { FAILED, STARTED, SUCCEEDED, WAITING, SharedBatch } from '../shared/shared-batch.ts';
import {
  RECORDS_SENT,
  RECORDS_UNAVAILABLE,
  setAndNotify,
  sharedInteger,
  type ThreadTask,
  type ToThread,
} from '../shared/thread-task.ts';
import { listenToThread } from './listen-to-thread.ts';
import type { RunningTask, ThreadPool } from './thread-pool.ts';

/** The state of one batch: shared memory, and the threads' reports. */
export interface BatchRun {
  readonly batch: Batch;
  readonly shared: SharedBatch;
  readonly info: InvocationInfo;
  /** `true` if this thread has a subscriber to the durations of the messages. */
  readonly isTimed: boolean;
  /** Fulfilled at the deadline. */
  readonly reached: Promise<void>;
  readonly errors: Map<number, PlainError>;
  /** Reasons why the threads of tasks are gone, by the number of the task. */
  readonly gone: Map<number, unknown>;
  /** The tasks that have not ended. */
  readonly running: Map<number, BatchTask>;
  /** Reasons why threads could not start, one per thread. Such a thread is tried again with the next batch. */
  readonly startErrors: Error[];
}

interface BatchTask extends RunningTask {
  /** Connects to the thread. */
  readonly port: MessagePort;
  /** True if the thread has no lane left to claim, and waits for the end of the batch. */
  isIdle: boolean;
}

export function startRun(
  batch: Batch,
  info: InvocationInfo,
  reached: Promise<void>,
  spare?: SharedArrayBuffer,
): BatchRun {
  const shared = SharedBatch.of(batch, spare);
  return {
    batch,
    shared,
    info,
    isTimed: messageChannel.asyncEnd.hasSubscribers,
    reached,
    errors: new Map(),
    gone: new Map(),
    running: new Map(),
    startErrors: [],
  };
}

/**
 * Has one thread process messages until no lane is left, and records its end.
 *
 * @returns `false` if the thread could not start
 */
export async function runTask(
  run: BatchRun,
  pool: ThreadPool,
  number: number,
  limits: ThreadTask['limits'],
): Promise<boolean> {
  const { batch, shared, info, isTimed, reached, running } = run;
  const { port1: here, port2: there } = new MessageChannel();
  const recordsSent = sharedInteger();
  const endListening = listenToThread(here, {
    logger: pool.logger,
    sendRecords() {
      sendRecords(batch, here);
      setAndNotify(recordsSent, RECORDS_SENT);
    },
    onFailed([position, error]) {
      run.errors.set(position, error);
    },
    onIdle() {
      const task = running.get(number);
      if (task) task.isIdle = true;
      finishIfIdle(run);
    },
  });
  void reached.then(() => {
    // Goes nowhere where the task has ended, and the port is closed.
    here.postMessage('stop early' satisfies ToThread);
  });
  let started = true;
  try {
    const task = pool.run({
      batch: shared.buffer,
      source: batch.source.name,
      number,
      limits,
      ...{ info, isTimed },
      port: there,
      recordsSent,
    });
    running.set(number, { ...task, port: here, isIdle: false });
    const end = await task.end;
    if (end) {
      started = task.ownedBy() !== 0;
      if (!started) run.startErrors.push(end.reason as Error);
      run.gone.set(number, end.reason);
      shared.lose(number);
      await task.stop();
    }
  } finally {
    // A thread that reads a record later must not wait for it.
    setAndNotify(recordsSent, RECORDS_UNAVAILABLE);
    endListening();
    running.delete(number);
  }
  finishIfIdle(run);
  return started;
}

/** Sends the records of a batch to a thread. */
function sendRecords(batch: Batch, port: MessagePort): void {
  try {
    port.postMessage({ records: batch.records } satisfies ToThread);
  } catch {
    port.postMessage(recordsMessage(batch));
  }
}

/** Returns the records of a batch, each separately if one of them cannot be cloned. */
function recordsMessage({ records }: Batch): ToThread {
  const problems = records.map((record) => {
    try {
      structuredClone(record);
      return undefined;
    } catch (error) {
      return String(error);
    }
  });
  return { records: records.map((record, position) => (problems[position] ? undefined : record)), problems };
}

/**
 * Ends the batch for all threads once none of them has a message in flight. Until then a thread without lanes stays in the
 * batch: a late failure of one of its messages still takes that message's success back.
 *
 * @returns whether no lane is left and every thread that has begun has ended. A task that no thread has begun, because it
 * waits for its thread to start or to finish another batch, will find nothing to do: it is not waited for.
 */
export function finishIfIdle({ shared, running }: BatchRun): boolean {
  if (shared.lanesRemain) return false;
  const begun = [...running.values()].filter((task) => task.ownedBy() !== 0);
  if (begun.every((task) => task.isIdle)) {
    for (const { port } of running.values()) port.postMessage('finish' satisfies ToThread);
  }
  return begun.length === 0;
}

/**
 * Returns the outcome of a message.
 *
 * @param startError the reason why no thread could start, if none could
 */
export function outcomeOf(
  { shared, errors, gone, running }: BatchRun,
  position: number,
  startError: Error | undefined,
): Outcome {
  const failed = (error: unknown): Outcome => ({ status: 'failed', error });
  switch (shared.status(position)) {
    case WAITING:
      if (startError) return failed(startError);
      return shared.isHeldBack ? heldBack : notStarted;
    case STARTED:
      return running.has(shared.task(position)) ? abandoned : interrupted;
    case SUCCEEDED:
      return succeeded;
    case FAILED: {
      const error = errors.get(position);
      return failed(error ? fromPlainError(error) : gone.get(shared.task(position)));
    }
  }
}

/** Publishes the end of each message that a thread has processed. */
export function publishEnds(
  { batch, shared }: BatchRun,
  outcomes: readonly Outcome[],
  context: WorkContext,
): void {
  batch.messages.forEach((message, position) => {
    const durationMs = shared.durationMs(position);
    const outcome = outcomes[position];
    if (durationMs > 0 && outcome) messageChannel.asyncEnd.publish({ message, context, outcome, durationMs });
  });
}
