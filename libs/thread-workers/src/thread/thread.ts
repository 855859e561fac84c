/** The side that runs in a thread: tinypool calls the default export with each task. */
import { threadId } from 'node:worker_threads';

import { adaptive } from '@parallel-lambda/batch';
import { WorkerLimit } from '@parallel-lambda/batch/technique';

import { toPlainError } from '../shared/plain-error.ts';
import { THREAD_MARK, type LoadFailure, type ThreadTask } from '../shared/thread-task.ts';
import { loadWork } from './load-work.ts';
import { maxInFlight, TaskRun } from './task-run.ts';
import { forwardConsole, logTo } from './thread-console.ts';
import { watchUncaughtErrors } from './uncaught-errors.ts';

Object.defineProperty(globalThis, THREAD_MARK, { value: true });

let run: TaskRun | undefined;
let limit: WorkerLimit | undefined;

forwardConsole();
watchUncaughtErrors(() => run?.distrust());

const loaded = await loadWork(process.argv.at(-1) ?? '').catch((error: unknown) => ({
  reason: toPlainError(error),
}));

export default async function runTask(task: ThreadTask): Promise<LoadFailure | undefined> {
  if ('reason' in loaded) return { threadId, reason: loaded.reason };
  Atomics.store(task.owner, 0, threadId);
  logTo(task.port);
  // The limit of adaptive workers is remembered over the batches.
  const { range } = task.limits;
  if (range) limit ??= adaptive(range).createLimit();
  run = new TaskRun(loaded, task, limit ?? new WorkerLimit(maxInFlight(task.limits)));
  try {
    await run.process();
    return undefined;
  } finally {
    run = undefined;
    logTo(undefined);
  }
}
