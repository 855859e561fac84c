import { setTimeout as sleep } from 'node:timers/promises';

import type { Random } from '@parallel-lambda/event-sources';
import type { ServedFunction } from '@parallel-lambda/local-stack/server';

import { signalGroup } from '../observe/signal-group.ts';

/** Numbers of killed and stopped environments. */
export interface InjectedFaults {
  readonly killed: number;
  /** Stopped for longer than their function's timeout, and then continued. */
  readonly stopped: number;
}

/** Between two faults, in milliseconds. */
const meanPauseMs = 1_500;

/** Kills and stops environments at random until it is disposed of. */
export class FaultInjector implements AsyncDisposable {
  readonly #functions: readonly ServedFunction[];
  readonly #random: Random;
  readonly #ending = new AbortController();
  readonly #injecting: Promise<void>;
  readonly #stops = new Set<Promise<void>>();
  #killed = 0;
  #stopped = 0;

  constructor(functions: readonly ServedFunction[], random: Random) {
    this.#functions = functions;
    this.#random = random;
    this.#injecting = this.#inject();
  }

  get faults(): InjectedFaults {
    return { killed: this.#killed, stopped: this.#stopped };
  }

  /** Continues stopped processes. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#injecting;
    await Promise.all(this.#stops);
  }

  async #inject(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const pauseMs = 2 * meanPauseMs * this.#random();
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      if (this.#ending.signal.aborted) return;
      this.#injectOne();
    }
  }

  #injectOne(): void {
    const served = oneOf(this.#functions, this.#random);
    const environment = oneOf(served?.environments ?? [], this.#random);
    if (!served || environment?.pid === undefined) return;
    if (this.#random() < 0.75) {
      if (signalGroup(environment.pid, 'SIGKILL')) this.#killed += 1;
      return;
    }
    const stop = this.#stop(served, environment.pid).finally(() => this.#stops.delete(stop));
    this.#stops.add(stop);
  }

  async #stop({ definition }: ServedFunction, pid: number): Promise<void> {
    if (!signalGroup(pid, 'SIGSTOP')) return;
    this.#stopped += 1;
    const longMs = 1_500 * definition.timeoutSeconds;
    await sleep(longMs, undefined, { signal: this.#ending.signal }).catch(() => undefined);
    signalGroup(pid, 'SIGCONT');
  }
}

function oneOf<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[Math.floor(random() * items.length)];
}
