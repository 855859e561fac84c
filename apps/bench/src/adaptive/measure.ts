import { Agent, get } from 'node:http';

import { DeadlineReached, type Work } from '@parallel-lambda/batch';
import { contextOf, readBatch, type Batch, type Deadline } from '@parallel-lambda/batch/technique';
import type { ServiceModel } from '@parallel-lambda/downstream';
import { sqsRecord } from '@parallel-lambda/event-sources';

import type { Setting } from './settings.ts';

const EARLY_SECONDS = 3;

/** Figures of a function with a service in some seconds, from cold. */
export interface Measured {
  readonly perSecond: number;
  /** Messages per second in the first three seconds. */
  readonly earlyPerSecond: number;
  /** The share of requests that were rejected. */
  readonly rejected: number;
  readonly p99Ms: number;
  /** Messages in each second. */
  readonly bySecond: readonly number[];
}

/** Processes batch after batch, with one technique per function that shares the service. */
export async function measure(
  model: ServiceModel,
  url: string,
  setting: Setting,
  durationMs: number,
): Promise<Measured> {
  const functions = Array.from({ length: model.functions ?? 1 }, () =>
    measureOne(model, url, setting, durationMs),
  );
  const runs = await Promise.all(functions);
  const latencies = runs.flatMap((run) => run.latencies).sort((one, other) => one - other);
  const rejected = runs.reduce((sum, run) => sum + run.rejected, 0);
  const seconds = Math.ceil(durationMs / 1_000);
  const bySecond = Array.from({ length: seconds }, (_, second) =>
    runs.reduce((sum, run) => sum + (run.bySecond[second] ?? 0), 0),
  );
  const earlySeconds = Math.min(EARLY_SECONDS, seconds);
  const early = bySecond.slice(0, earlySeconds).reduce((sum, count) => sum + count, 0);
  return {
    perSecond: (1_000 * latencies.length) / durationMs,
    earlyPerSecond: early / earlySeconds,
    rejected: rejected / Math.max(1, rejected + latencies.length),
    p99Ms: latencies[Math.floor(0.99 * latencies.length)] ?? NaN,
    bySecond,
  };
}

interface OneRun {
  readonly latencies: number[];
  readonly bySecond: number[];
  rejected: number;
}

async function measureOne(
  model: ServiceModel,
  url: string,
  { open, batchSize }: Setting,
  durationMs: number,
): Promise<OneRun> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const run: OneRun = { latencies: [], bySecond: [], rejected: 0 };
  const batch = batchOf(batchSize);
  const startedMs = performance.now();
  const work: Work = async (_, { signal }) => {
    signal.throwIfAborted();
    const beganMs = performance.now();
    const status = await request(url, agent, signal);
    if (status !== 200) {
      run.rejected += 1;
      throw Object.assign(new Error(`status ${status}`), { status });
    }
    compute(model.computeMs ?? 0);
    const nowMs = performance.now();
    if (signal.aborted) return;
    run.latencies.push(nowMs - beganMs);
    const second = Math.floor((nowMs - startedMs) / 1_000);
    run.bySecond[second] = (run.bySecond[second] ?? 0) + 1;
  };
  const process = open(work);
  const deadline = deadlineAfter(durationMs);
  const context = contextOf({}, deadline.signal);
  while (!deadline.signal.aborted) await process(batch, { deadline, context });
  agent.destroy();
  return run;
}

function request(url: string, agent: Agent, signal: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { agent, signal }, (response) => {
      response.resume();
      response.once('end', () => {
        resolve(response.statusCode);
      });
    }).once('error', reject);
  });
}

function compute(ms: number): void {
  const untilMs = performance.now() + ms;
  while (ms > 0 && performance.now() < untilMs);
}

/** Returns a batch of SQS. */
export function batchOf(size: number): Batch {
  const Records = Array.from({ length: size }, (_, index) =>
    sqsRecord({ messageId: `m${index}`, body: '', queueName: 'orders' }),
  );
  return readBatch({ Records });
}

/** Returns a deadline that abandons what is in flight. */
export function deadlineAfter(ms: number): Deadline {
  const aborter = new AbortController();
  const reached = new Promise<void>((resolve) => {
    setTimeout(() => {
      aborter.abort(new DeadlineReached());
      resolve();
    }, ms).unref();
  });
  return {
    atMs: Date.now() + ms,
    signal: aborter.signal,
    abortIfReached: () => aborter.signal.aborted,
    reached,
    graceOver: reached,
    mustRespond: reached,
  };
}
