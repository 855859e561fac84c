import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { adaptive, type AdaptiveWorkers } from '@parallel-lambda/batch';
import { spreadOf } from '@parallel-lambda/report';

/** The settings that are compared, each with the last fixed number before it. */
export const costSettings: ReadonlyMap<string, number | AdaptiveWorkers> = new Map([
  fixed(100),
  ['adaptive, 100 to 100', adaptive({ min: 100, max: 100 })],
  fixed(512),
  ['adaptive, 512 to 512', adaptive({ min: 512, max: 512 })],
  ['adaptive, 1 to 512', adaptive({ max: 512 })],
]);

/** Figures of batches of 10,000 messages that wait for 1 ms. */
export interface Cost {
  readonly setting: string;
  readonly durationsMs: readonly number[];
  /** CPU time of the process. */
  readonly cpuMs: readonly number[];
  /** The mean number of messages in flight. */
  readonly inFlight: readonly number[];
}

/**
 * Measures the cost of adaptive workers, with interleaved processes: in one process that has several kinds of limits, V8 compiles the
 * code for all of them.
 */
export async function measureCost(rounds: number): Promise<readonly Cost[]> {
  const settings = [...costSettings.keys()];
  const parts: Cost[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const setting of settings) parts.push(await measureInProcess(setting));
  }
  return settings.map((setting) => {
    const own = parts.filter((part) => part.setting === setting);
    return {
      setting,
      durationsMs: own.flatMap(({ durationsMs }) => durationsMs),
      cpuMs: own.flatMap(({ cpuMs }) => cpuMs),
      inFlight: own.flatMap(({ inFlight }) => inFlight),
    };
  });
}

/** Medians of one setting. */
export interface CostSummary {
  readonly setting: string;
  readonly durationMs: number;
  readonly cpuMs: number;
  readonly inFlight: number;
  /** The duration, as a multiple of that of the last fixed number before it. */
  readonly ratio: number;
}

export function summarizeCost(cost: readonly Cost[]): readonly CostSummary[] {
  let fixedMs = NaN;
  return cost.map(({ setting, durationsMs, cpuMs, inFlight }) => {
    const durationMs = spreadOf(durationsMs).median;
    if (typeof costSettings.get(setting) === 'number') fixedMs = durationMs;
    return {
      setting,
      durationMs,
      cpuMs: spreadOf(cpuMs).median,
      inFlight: spreadOf(inFlight).median,
      ratio: durationMs / fixedMs,
    };
  });
}

async function measureInProcess(setting: string): Promise<Cost> {
  const child = fork(path.join(import.meta.dirname, 'cost-process.ts'), [setting]);
  const [[cost]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [[Cost], unknown];
  return cost;
}

function fixed(workers: number): [string, number | AdaptiveWorkers] {
  return [String(workers), workers];
}
