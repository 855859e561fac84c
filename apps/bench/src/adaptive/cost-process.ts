/** Measures the batches of one setting of `measureCost`, in this process, and sends them to the parent. */
import { setTimeout as wait } from 'node:timers/promises';

import { contextOf, workerLimit } from '@parallel-lambda/batch/technique';
import { promiseWorkers } from '@parallel-lambda/promise-workers';

import { costSettings } from './cost.ts';
import { batchOf, deadlineAfter } from './measure.ts';

const MESSAGES = 10_000;
const WAIT_MS = 1;
const BATCHES = 10;
/** Batches before them, in which V8 compiles the code, and adaptive workers find their limit. */
const WARM_UP = 10;
const HOUR_MS = 3_600_000;

const setting = process.argv[2] ?? '';
const limit = workerLimit(costSettings.get(setting));
let load = 0;
const processBatch = promiseWorkers({
  work() {
    load += limit.taken;
    return wait(WAIT_MS);
  },
  workers: { min: 1, max: limit.max, createLimit: () => limit },
});
const batch = batchOf(MESSAGES);
const deadline = deadlineAfter(HOUR_MS);
const context = contextOf({}, deadline.signal);
const durationsMs: number[] = [];
const cpuMs: number[] = [];
const inFlight: number[] = [];
for (let round = 0; round < WARM_UP + BATCHES; round += 1) {
  load = 0;
  const startedCpu = process.cpuUsage();
  const startedMs = performance.now();
  await processBatch(batch, { deadline, context });
  if (round < WARM_UP) continue;
  durationsMs.push(performance.now() - startedMs);
  const { user, system } = process.cpuUsage(startedCpu);
  cpuMs.push((user + system) / 1_000);
  inFlight.push(load / MESSAGES);
}
process.send?.({ setting, durationsMs, cpuMs, inFlight });
process.disconnect();
