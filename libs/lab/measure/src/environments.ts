import type { InvocableFunction } from '@parallel-lambda/local-lambda';
import type { Sample, Setting } from '@parallel-lambda/report';

import { sampleOf } from './sample-of.ts';
import type { OpenFunction, Trial } from './trial.ts';

/** The functions that are measured: one warm environment per setting, a new one for each cold run. */
export class Environments implements AsyncDisposable {
  readonly #open: OpenFunction;
  readonly #warm = new Map<string, Promise<InvocableFunction>>();
  /** Workload and setting of each warm-up. */
  readonly #warmedUp = new Set<string>();

  constructor(open: OpenFunction) {
    this.#open = open;
  }

  /** Starts a trial's environment and compiles its code. Returns a sample if there was no response. */
  async warmUp({ series, warmUp, warmUps = 1 }: Trial): Promise<Sample | undefined> {
    const key = `${series.workload} ${keyOf(series.setting)}`;
    if (warmUp === undefined || series.cold || this.#warmedUp.has(key)) return;
    this.#warmedUp.add(key);
    const warm = await this.#warmOne(series.setting);
    for (let count = 0; count < warmUps; count++) {
      const invocation = await warm.invoke(warmUp);
      if (invocation.status !== 'success') return sampleOf(series, warmUp, invocation);
    }
    return undefined;
  }

  /** Invokes a trial's function once. */
  async run({ series, event, untimed = 0 }: Trial): Promise<Sample> {
    if (series.cold) {
      await using fresh = await this.#open(series.setting);
      return sampleOf(series, event, await fresh.invoke(event));
    }
    const warm = await this.#warmOne(series.setting);
    for (let count = 0; count < untimed; count++) await warm.invoke(event);
    return sampleOf(series, event, await warm.invoke(event));
  }

  #warmOne(setting: Setting): Promise<InvocableFunction> {
    const key = keyOf(setting);
    const running = this.#warm.get(key) ?? this.#open(setting);
    this.#warm.set(key, running);
    return running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // An environment that could not be opened has thrown its error where it was needed.
    for (const opened of await Promise.allSettled(this.#warm.values())) {
      if (opened.status === 'fulfilled') await opened.value[Symbol.asyncDispose]();
    }
  }
}

function keyOf(setting: Setting): string {
  return JSON.stringify([
    setting.function,
    setting.memoryMb,
    setting.workers,
    setting.threads,
    setting.variables,
  ]);
}
