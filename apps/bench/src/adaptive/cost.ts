import { setTimeout as wait } from 'node:timers/promises';

import { adaptive, type AdaptiveWorkers } from '@parallel-lambda/batch';
import { contextOf } from '@parallel-lambda/batch/technique';
import { promiseWorkers } from '@parallel-lambda/promise-workers';

import { batchOf, deadlineAfter } from './measure.ts';

const MESSAGES = 10_000;
const WAIT_MS = 1;
const HOUR_MS = 3_600_000;

const settings: readonly { readonly name: string; readonly workers: number | AdaptiveWorkers }[] = [
  { name: '100', workers: 100 },
  { name: 'adaptive, min and max 100', workers: adaptive({ min: 100, max: 100 }) },
  { name: '512', workers: 512 },
  { name: 'adaptive, min and max 512', workers: adaptive({ min: 512, max: 512 }) },
  { name: 'adaptive, max 512', workers: adaptive({ max: 512 }) },
];

/** The durations of batches of 10,000 messages that wait for 1 ms, in milliseconds. */
export interface Cost {
  readonly setting: string;
  readonly durationsMs: readonly number[];
}

/** Measures the cost of adaptive workers, with interleaved batches. */
export async function measureCost(rounds: number): Promise<readonly Cost[]> {
  const batch = batchOf(MESSAGES);
  const deadline = deadlineAfter(HOUR_MS);
  const context = contextOf({}, deadline.signal);
  const functions = settings.map(({ name, workers }) => ({
    setting: name,
    process: promiseWorkers({ work: () => wait(WAIT_MS), workers }),
    durationsMs: [] as number[],
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { process, durationsMs } of functions) {
      const startedMs = performance.now();
      await process(batch, { deadline, context });
      durationsMs.push(performance.now() - startedMs);
    }
  }
  return functions.map(({ setting, durationsMs }) => ({ setting, durationsMs }));
}
