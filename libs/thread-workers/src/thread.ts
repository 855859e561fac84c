/** The side of the boundary that runs in a thread: tinypool calls the default export once a batch. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { threadId, type MessagePort } from 'node:worker_threads';

import { DeadlineReached, type WorkContext } from '@parallel-lambda/batch';
import {
  claimMessages,
  contextOf,
  isolated,
  outcomeOfError,
  perform,
  sourceNamed,
  type LaneCursor,
} from '@parallel-lambda/batch/technique';

import { boardStatus } from './board-status.ts';
import { fetchedRecords } from './fetched-records.ts';
import { loadWork, type OnBatchEnd, type WorkModule } from './load-work.ts';
import { toPlainError, type PlainError } from './plain-error.ts';
import { ThreadBatch } from './thread-batch.ts';
import { forwardConsole } from './thread-console.ts';
import {
  THREAD_MARK,
  type FromThread,
  type ThreadResult,
  type ThreadTask,
  type ToThread,
} from './thread-task.ts';

/** The message that code belongs to, however late it runs. */
interface Owner {
  readonly batch: ThreadBatch;
  /** Fails the message, even if it has already succeeded. */
  readonly fail: (error: unknown) => void;
}

Object.defineProperty(globalThis, THREAD_MARK, { value: true });

const owners = new AsyncLocalStorage<Owner | undefined>();
let runningTask: { batch?: ThreadBatch; readonly task: number; readonly port: MessagePort } | undefined;

forwardConsole(() => runningTask?.port);

// An uncaught error, such as a rejection after `work` has settled, ends the thread. Its message is marked as failed before,
// also if the work module has handlers of its own for such errors.
let rethrown: unknown;
process.on('uncaughtExceptionMonitor', (error) => {
  if (error !== rethrown) takeBackSuccess(error, runningTask);
});
process.on('unhandledRejection', (reason) => {
  const isHandled = process.listenerCount('unhandledRejection') > 1;
  takeBackSuccess(reason, isHandled ? undefined : runningTask);
  if (isHandled) return;
  // Without other listeners Node.js would have thrown it. The context of the message is lost then.
  rethrown = reason;
  throw reason;
});

/** @param suspect the task of which every success is taken back if the error belongs to no message */
function takeBackSuccess(error: unknown, suspect: typeof runningTask): void {
  const owner = owners.getStore();
  if (!owner) suspect?.batch?.distrust(suspect.task);
  else if (owner.batch.isCurrent) owner.fail(error);
}

const loaded = await loadWork(process.argv.at(-1) ?? '').catch((error: unknown) => ({
  reason: toPlainError(error),
}));

export default async function runTask(task: ThreadTask): Promise<ThreadResult> {
  Atomics.store(task.taker, 0, threadId);
  if ('reason' in loaded) return { kind: 'no work', reason: loaded.reason };
  runningTask = { task: task.number, port: task.port };
  try {
    return { kind: 'done', errors: await workOnLanes(loaded, task) };
  } finally {
    runningTask = undefined;
  }
}

async function workOnLanes(
  { work, onBatchEnd }: WorkModule,
  { batch: buffer, source, number, workers, info, port, recordsSent }: ThreadTask,
): Promise<[number, PlainError][]> {
  const errors: [number, PlainError][] = [];
  const aborter = new AbortController();
  const context = contextOf(info, aborter.signal);
  function stopEarly(): void {
    // For all threads: one that stopped claiming by its own clock must not be taken for one that is to go on.
    if (runningTask?.batch === batch) batch.stopEarly();
    aborter.abort(new DeadlineReached());
  }
  const { promise: finished, resolve: finish } = Promise.withResolvers<undefined>();
  function hear(message: ToThread): void {
    if (message === 'stop early') stopEarly();
    finish(undefined);
  }
  const records = fetchedRecords(port, { sent: recordsSent, deadlineMs: info.deadlineMs, onOther: hear });
  const batch = new ThreadBatch(buffer, sourceNamed(source), records);
  if (runningTask) runningTask.batch = batch;
  const abortIfReached = (): boolean => {
    const { signal } = aborter;
    if (!signal.aborted && (batch.stoppedEarly || Date.now() >= (info.deadlineMs ?? Infinity))) stopEarly();
    return signal.aborted;
  };
  const cursor: LaneCursor = {
    claim: () => batch.claim(),
    mayStart: (position) => !abortIfReached() && batch.mayStart(position),
    fail(position) {
      batch.mark(position, number, boardStatus.failed);
      batch.holdUp(position);
    },
    hasFailed: (position) => batch.status(position) === boardStatus.failed,
  };

  let started = 0;
  function ownerOf(position: number): Owner {
    return {
      batch,
      fail(error) {
        if (cursor.hasFailed(position)) return;
        cursor.fail(position);
        errors.push([position, toPlainError(error)]);
      },
    };
  }

  async function worker(): Promise<void> {
    for (const position of claimMessages(cursor)) {
      started += 1;
      batch.mark(position, number, boardStatus.started);
      const owner = ownerOf(position);
      try {
        await owners.run(owner, () => perform(work, batch.message(position), context));
        // A promise that the work did not await may have rejected before.
        if (!cursor.hasFailed(position)) batch.mark(position, number, boardStatus.succeeded);
      } catch (error) {
        // Otherwise the message stays started, and counts as stopped when this task has ended.
        if (outcomeOfError(error, context.signal).status === 'failed') owner.fail(error);
      }
    }
  }

  port.on('message', hear);
  // With restraint: a thread that computes gets to no further turn and so claims no more than it works on, while
  // messages that wait are shared evenly. Claimed greedily, all of them would land on the thread that came first.
  const opened: Promise<void>[] = [];
  while (opened.length < workers && batch.lanesRemain && !abortIfReached()) {
    opened.push(worker());
    await turnOfTheEventLoop();
  }
  await Promise.all(opened);
  // A thread without a task does not run its event loop. So it stays in the batch until the last thread has no message in
  // flight: an error that a message leaves behind until then still takes its success back.
  port.postMessage('idle' satisfies FromThread);
  await finished;
  // Two turns: one in which such an error appears, and one for what that turn starts.
  await turnOfTheEventLoop();
  await turnOfTheEventLoop();
  if (started > 0 && onBatchEnd)
    await owners.run({ batch, fail: () => undefined }, () => runHook(onBatchEnd, context));
  port.off('message', hear);
  return errors;
}

/** Runs the hook of the work module. Its errors belong to no message. */
async function runHook(hook: OnBatchEnd, context: WorkContext): Promise<void> {
  try {
    await isolated(() => hook(context));
  } catch (error) {
    console.error('onBatchEnd of the work module failed:', error);
  }
}

function turnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
