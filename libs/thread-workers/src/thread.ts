/** The side of the boundary that runs in a thread: tinypool calls the default export once a batch. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { threadId, type MessagePort } from 'node:worker_threads';

import {
  contextOf,
  DeadlineReached,
  LazySignal,
  perform,
  sourceNamed,
  type Work,
} from '@parallel-lambda/batch';

import * as boardStatus from './board-status.ts';
import { fetchedRecords } from './fetched-records.ts';
import { toPlainError, type PlainError } from './plain-error.ts';
import { ThreadBatch } from './thread-batch.ts';
import { forwardConsole } from './thread-console.ts';
import type { ThreadResult, ThreadTask } from './thread-task.ts';

/** Whose work a line of code belongs to, however late it runs. */
interface Owner {
  readonly batch: ThreadBatch;
  readonly task: number;
  readonly position: number;
}

const owners = new AsyncLocalStorage<Owner | undefined>();
let runningTask: { batch?: ThreadBatch; readonly task: number; readonly port: MessagePort } | undefined;

forwardConsole(() => runningTask?.port);

// An error that nobody caught, such as a rejection that comes after `work` has settled, ends the thread. Whose it is
// is told first, so that a message which has already succeeded is delivered again nevertheless.
process.on('uncaughtExceptionMonitor', () => {
  const owner = owners.getStore();
  if (!owner) runningTask?.batch?.distrust(runningTask.task);
  // The memory of a batch that has ended is another's.
  else if (owner.batch === runningTask?.batch)
    owner.batch.mark(owner.position, owner.task, boardStatus.failed);
});

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
  { batch: buffer, source, number, workers, facts, port, recordsSent }: ThreadTask,
): Promise<[number, PlainError][]> {
  const errors: [number, PlainError][] = [];
  const signal = new LazySignal();
  const context = contextOf(facts, signal);
  function windUp(): void {
    // Told to all: a thread that stopped claiming by its own clock must not be taken for one that is to go on.
    if (runningTask?.batch === batch) batch.windUp();
    signal.abort(new DeadlineReached());
  }
  const batch = new ThreadBatch(buffer, sourceNamed(source), fetchedRecords(port, recordsSent, windUp));
  if (runningTask) runningTask.batch = batch;
  const passed = (): boolean => {
    if (!signal.isAborted && (batch.woundUp || Date.now() >= (facts.deadlineMs ?? Infinity))) windUp();
    return signal.isAborted;
  };

  async function worker(): Promise<void> {
    for (let lane = batch.claim(); lane !== undefined; lane = batch.claim()) {
      for (let index = batch.startOf(lane); index < batch.endOf(lane); index++) {
        const position = batch.positionAt(index);
        if (passed() || !batch.mayStart(position)) break;
        batch.mark(position, number, boardStatus.started);
        try {
          owners.enterWith({ batch, task: number, position });
          await perform(work, batch.message(position), context);
          batch.mark(position, number, boardStatus.succeeded);
        } catch (error) {
          batch.mark(position, number, boardStatus.failed);
          batch.holdUp(position);
          errors.push([position, toPlainError(error)]);
          break;
        }
      }
    }
  }

  port.on('message', windUp);
  // With restraint: a thread that computes gets to no further turn and so claims no more than it works on, while
  // messages that wait are shared evenly. Claimed greedily, all of them would land on the thread that came first.
  const opened: Promise<void>[] = [];
  while (opened.length < workers && batch.lanesRemain && !passed()) {
    // What the worker enters is its own, not ours.
    opened.push(owners.run(undefined, worker));
    await turnOfTheEventLoop();
  }
  await Promise.all(opened);
  // What the last message left behind comes to light in this turn, while its success can still be taken back.
  await turnOfTheEventLoop();
  port.off('message', windUp);
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
