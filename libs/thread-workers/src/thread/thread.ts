/** The side that runs in a thread: tinypool calls the default export with each task. */
import { threadId, type MessagePort } from 'node:worker_threads';

import { adaptiveWorkers, WorkerLimit } from '@parallel-lambda/batch/technique';

import { toPlainError } from '../shared/plain-error.ts';
import { THREAD_MARK, type ThreadResult, type ThreadTask } from '../shared/thread-task.ts';
import { loadWork } from './load-work.ts';
import { maxInFlight, TaskRun } from './task-run.ts';
import { forwardConsole } from './thread-console.ts';
import { watchUncaughtErrors } from './uncaught-errors.ts';

Object.defineProperty(globalThis, THREAD_MARK, { value: true });

let port: MessagePort | undefined;
let run: TaskRun | undefined;
let limit: WorkerLimit | undefined;

forwardConsole(() => port);
watchUncaughtErrors(() => run?.distrust());

const loaded = await loadWork(process.argv.at(-1) ?? '').catch((error: unknown) => ({
  reason: toPlainError(error),
}));

export default async function runTask(task: ThreadTask): Promise<ThreadResult> {
  Atomics.store(task.owner, 0, threadId);
  if ('reason' in loaded) return { kind: 'no work', reason: loaded.reason };
  port = task.port;
  // The limit of adaptive workers is remembered over the batches.
  if (task.range) limit ??= new WorkerLimit(adaptiveWorkers(task.range));
  run = new TaskRun(loaded, task, limit ?? new WorkerLimit(maxInFlight(task.limits)));
  try {
    return { kind: 'done', errors: await run.process() };
  } finally {
    run = undefined;
    port = undefined;
  }
}
