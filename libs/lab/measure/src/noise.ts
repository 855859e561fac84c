import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';

import type { Noise } from '@parallel-lambda/report';

const rounds = 500_000;

/** Records the other load on this machine during a measurement. */
export class NoiseWatch {
  readonly #calibrationsMs: number[] = [];
  readonly #loadAverage = loadavg()[0] ?? 0;
  readonly #ticks = cpuTicks();

  /** Times a fixed loop of some milliseconds. It takes longer if other processes use the CPU. */
  calibrate(): void {
    const from = performance.now();
    let state = 1;
    for (let i = 0; i < rounds; i++) state = Math.imul(state, 1_664_525) + 1_013_904_223;
    const took = performance.now() - from;
    // The result is used, so that the compiler keeps the loop.
    this.#calibrationsMs.push(Number.isInteger(state) ? took : NaN);
  }

  end(): Noise {
    const [before, after] = [this.#ticks, cpuTicks()];
    const all = before && after ? after.all - before.all : 0;
    return {
      calibrationsMs: this.#calibrationsMs.map((ms) => Number(ms.toFixed(3))),
      loadAverage: this.#loadAverage,
      ...(before && after && all > 0 && { steal: (after.stolen - before.stolen) / all }),
    };
  }
}

/** @see https://man7.org/linux/man-pages/man5/proc_stat.5.html */
function cpuTicks(): { readonly all: number; readonly stolen: number } | undefined {
  if (process.platform !== 'linux') return undefined;
  const [line = ''] = readFileSync('/proc/stat', 'latin1').split('\n');
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  return { all: ticks.reduce((sum, count) => sum + count, 0), stolen: ticks[7] ?? 0 };
}
