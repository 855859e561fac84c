import { setTimeout as sleep } from 'node:timers/promises';

import { readTasks } from './process-tasks.ts';
import type { RecordingService } from './recording-service.ts';
import type { ThreadConnection, ThreadStatus } from './thread-connection.ts';

/** A function that does nothing until something outside of it happens. */
export interface Quiet {
  /** Requests that are not answered, in all threads. */
  readonly requests: number;
  /** Milliseconds until its next timer fires; `undefined` without one. */
  readonly nextTimerMs: number | undefined;
}

/** Milliseconds between two looks at the process, which delay only the detection of quiet. */
const lookMs = 4;

/** Resources that wait for something outside: a connection, a pipe, another thread. All others are work. */
const waiting = [
  'TCPSocketWrap',
  'TCPServerWrap',
  'PipeWrap',
  'TTYWrap',
  'MessagePort',
  'Worker',
  'SignalWrap',
  'Timeout',
];

/**
 * Waits until a function can do nothing more before a call is answered: all its threads sleep, nothing of Node.js is
 * active but connections, and no timer fires soon.
 *
 * @param pid of the function's process; `undefined` until it is started
 * @param timersMs waits for timers that fire within this number of milliseconds
 * @param signal ends the wait
 * @returns `undefined` if it was ended
 */
export async function untilQuiet(
  service: RecordingService,
  pid: () => number | undefined,
  timersMs: () => number,
  signal: AbortSignal,
): Promise<Quiet | undefined> {
  while (!signal.aborted) {
    const id = pid();
    const calls = service.calls.length;
    if (id !== undefined && (await isAsleep(id, signal))) {
      const statuses = await askAll([...service.threads], id, signal);
      const quiet = statuses && quietIn(statuses, timersMs());
      if (quiet && service.calls.length === calls) return quiet;
    }
    await pause(signal);
  }
  return undefined;
}

/** Returns whether no thread of the process has used a CPU between two looks. */
async function isAsleep(pid: number, signal: AbortSignal): Promise<boolean> {
  const before = readTasks(pid);
  if (process.platform !== 'linux') return true;
  if (!before?.asleep) return false;
  await pause(signal);
  const after = readTasks(pid);
  return after?.asleep === true && after.fingerprint === before.fingerprint;
}

/** @returns `undefined` if a thread neither answers nor sleeps */
async function askAll(
  threads: readonly ThreadConnection[],
  pid: number,
  signal: AbortSignal,
): Promise<readonly ThreadStatus[] | undefined> {
  const open = threads.filter(({ closed }) => !closed);
  const answers: ThreadStatus[] = [];
  let pending = open.length;
  for (const thread of open) {
    const count = (status: ThreadStatus | undefined): void => {
      pending -= 1;
      if (status) answers.push(status);
    };
    thread.ask().then(count, () => undefined);
  }
  // A thread that waits in Atomics.wait has no event loop to answer with, and cannot start anything.
  for (let asleep = 0; pending > 0 && asleep < 3;) {
    if (signal.aborted) return undefined;
    await pause(signal);
    asleep = (await isAsleep(pid, signal)) ? asleep + 1 : 0;
  }
  return answers.length === 0 ? undefined : answers;
}

function quietIn(statuses: readonly ThreadStatus[], timersMs: number): Quiet | undefined {
  const isWorking = statuses.some(({ resources }) =>
    Object.keys(resources).some((type) => !waiting.includes(type)),
  );
  const timers = statuses.flatMap((status) => status.timers);
  const nextTimerMs = timers.length > 0 ? Math.min(...timers) : undefined;
  if (isWorking || (nextTimerMs !== undefined && nextTimerMs <= timersMs)) return undefined;
  return { requests: statuses.reduce((sum, { requests }) => sum + requests, 0), nextTimerMs };
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(lookMs, undefined, { signal }).catch(() => undefined);
}
