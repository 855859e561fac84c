/** The side of the boundary that runs in a thread: tinypool calls the default export once a batch. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { threadId, type MessagePort } from 'node:worker_threads';

import { DeadlineReached, type Work } from '@parallel-lambda/batch';
import {
  claimMessages,
  contextOf,
  outcomeOfError,
  perform,
  sourceNamed,
  type LaneCursor,
} from '@parallel-lambda/batch/technique';

import { boardStatus } from './board-status.ts';
import { fetchedRecords } from './fetched-records.ts';
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

/** Whose work a line of code belongs to, however late it runs. */
interface Owner {
  readonly batch: ThreadBatch;
  readonly task: number;
  readonly position: number;
}

Object.defineProperty(globalThis, THREAD_MARK, { value: true });

const owners = new AsyncLocalStorage<Owner | undefined>();
let runningTask: { batch?: ThreadBatch; readonly task: number; readonly port: MessagePort } | undefined;

forwardConsole(() => runningTask?.port);

// An uncaught error, such as a rejection after `work` has settled, ends the thread. Its message is marked as failed before,
// also if the work module has handlers of its own for such errors.
let rethrown: unknown;
process.on('uncaughtExceptionMonitor', (error) => {
  if (error !== rethrown) takeBackSuccess();
});
process.on('unhandledRejection', (reason) => {
  takeBackSuccess();
  if (process.listenerCount('unhandledRejection') > 1) return;
  // Without other listeners Node.js would have thrown it. The context of the message is lost then.
  rethrown = reason;
  throw reason;
});

function takeBackSuccess(): void {
  const owner = owners.getStore();
  if (!owner) runningTask?.batch?.distrust(runningTask.task);
  else if (owner.batch.isCurrent) owner.batch.mark(owner.position, owner.task, boardStatus.failed);
}

const loaded = await loadWork(process.argv.at(-1) ?? '');

export default async function runTask(task: ThreadTask): Promise<ThreadResult> {
  Atomics.store(task.taker, 0, threadId);
  if ('reason' in loaded) return { kind: 'no work', reason: loaded.reason };
  runningTask = { task: task.number, port: task.port };
  try {
    return { kind: 'done', errors: await workOnLanes(loaded.work, task) };
  } finally {
    runningTask = undefined;
  }
}

async function workOnLanes(
  work: Work,
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

  async function worker(): Promise<void> {
    for (const position of claimMessages(cursor)) {
      batch.mark(position, number, boardStatus.started);
      try {
        owners.enterWith({ batch, task: number, position });
        await perform(work, batch.message(position), context);
        batch.mark(position, number, boardStatus.succeeded);
      } catch (error) {
        // Otherwise the message stays started, and counts as stopped when this task has ended.
        if (outcomeOfError(error, context.signal).status !== 'failed') continue;
        cursor.fail(position);
        errors.push([position, toPlainError(error)]);
      }
    }
  }

  port.on('message', hear);
  // With restraint: a thread that computes gets to no further turn and so claims no more than it works on, while
  // messages that wait are shared evenly. Claimed greedily, all of them would land on the thread that came first.
  const opened: Promise<void>[] = [];
  while (opened.length < workers && batch.lanesRemain && !abortIfReached()) {
    // What the worker enters is its own, not ours.
    opened.push(owners.run(undefined, worker));
    await turnOfTheEventLoop();
  }
  await Promise.all(opened);
  // A thread without a task does not run its event loop. So it stays in the batch until the last thread has no message in
  // flight: an error that a message leaves behind until then still takes its success back.
  port.postMessage('idle' satisfies FromThread);
  await finished;
  await turnOfTheEventLoop();
  port.off('message', hear);
  return errors;
}

function turnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function loadWork(module: string): Promise<{ readonly work: Work } | { readonly reason: PlainError }> {
  try {
    const { default: exported } = (await import(module)) as { readonly default?: unknown };
    const work = defaultOf(exported);
    if (typeof work === 'function') return { work: work as Work };
    throw new TypeError(`Its default export must be the work, a function, not ${typeof work}`);
  } catch (error) {
    return { reason: toPlainError(error) };
  }
}

/** A CommonJS module that was compiled from an ES module has its default export in what Node takes for its own. */
function defaultOf(exported: unknown): unknown {
  const compiled = exported as
    { readonly __esModule?: unknown; readonly default?: unknown } | undefined | null;
  return compiled?.__esModule === true ? compiled.default : exported;
}
