import type { Sample, Setting } from '@parallel-lambda/report';

import type { InvocableFunction } from '../invocable-function.ts';
import { sampleOf } from './sample-of.ts';
import type { OpenFunction, Trial } from './trial.ts';

/** The functions that are being measured: one warm environment for each setting, a new one for each cold run. */
export class Environments implements AsyncDisposable {
  readonly #open: OpenFunction;
  readonly #warm = new Map<string, Promise<InvocableFunction>>();

  constructor(open: OpenFunction) {
    this.#open = open;
  }

  /** Has a trial's environment ready, and its code compiled. */
  async warmUp({ series, warmUp }: Trial): Promise<void> {
    if (warmUp === undefined || series.cold) return;
    await (await this.#warmOne(series.setting)).invoke(warmUp);
  }

  /** Invokes a trial's function once. */
  async run({ series, event }: Trial): Promise<Sample> {
    if (!series.cold) return sampleOf(series, await (await this.#warmOne(series.setting)).invoke(event));
    await using fresh = await this.#open(series.setting);
    return sampleOf(series, await fresh.invoke(event));
  }

  #warmOne(setting: Setting): Promise<InvocableFunction> {
    const key = JSON.stringify([setting.function, setting.memoryMb, setting.workers, setting.threads]);
    const running = this.#warm.get(key) ?? this.#open(setting);
    this.#warm.set(key, running);
    return running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#warm.values()].map(async (opened) => (await opened)[Symbol.asyncDispose]()));
  }
}
