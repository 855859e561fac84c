import type { Sample, Setting } from '@parallel-lambda/report';

import type { InvocableFunction } from '@parallel-lambda/local-lambda';
import { sampleOf } from './sample-of.ts';
import type { OpenFunction, Trial } from './trial.ts';

/** The functions that are being measured: one warm environment for each setting, a new one for each cold run. */
export class Environments implements AsyncDisposable {
  readonly #open: OpenFunction;
  readonly #warm = new Map<string, Promise<InvocableFunction>>();
  /** Which has worked on which workload. */
  readonly #warmedUp = new Set<string>();

  constructor(open: OpenFunction) {
    this.#open = open;
  }

  /** Has a trial's environment ready, and its code compiled; a sample where even that got no response. */
  async warmUp({ series, warmUp }: Trial): Promise<Sample | undefined> {
    const what = `${series.workload} ${keyOf(series.setting)}`;
    if (warmUp === undefined || series.cold || this.#warmedUp.has(what)) return;
    this.#warmedUp.add(what);
    const invocation = await (await this.#warmOne(series.setting)).invoke(warmUp);
    return invocation.status === 'success' ? undefined : sampleOf(series, invocation);
  }

  /** Invokes a trial's function once. */
  async run({ series, event }: Trial): Promise<Sample> {
    if (!series.cold) return sampleOf(series, await (await this.#warmOne(series.setting)).invoke(event));
    await using fresh = await this.#open(series.setting);
    return sampleOf(series, await fresh.invoke(event));
  }

  #warmOne(setting: Setting): Promise<InvocableFunction> {
    const key = keyOf(setting);
    const running = this.#warm.get(key) ?? this.#open(setting);
    this.#warm.set(key, running);
    return running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // One that could not be opened has been told of where that was tried.
    for (const opened of await Promise.allSettled(this.#warm.values())) {
      if (opened.status === 'fulfilled') await opened.value[Symbol.asyncDispose]();
    }
  }
}

function keyOf(setting: Setting): string {
  return JSON.stringify([setting.function, setting.memoryMb, setting.workers, setting.threads]);
}
