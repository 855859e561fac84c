import type { Random } from '@parallel-lambda/event-sources';

import type { ServiceModel } from './service-model.ts';

/** The time of a service: real or virtual, in milliseconds. */
export interface Clock {
  now(): number;
  after(ms: number, run: () => void): void;
}

type Answer = (status: number) => void;

const OK = 200;
const TOO_MANY_REQUESTS = 429;

/** A downstream service that behaves as its model, with a queue in order of arrival. */
export class Service {
  readonly #model: ServiceModel;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #startedMs: number;
  readonly #queue: Answer[] = [];
  #inProgress = 0;

  constructor(model: ServiceModel, clock: Clock, random: Random) {
    this.#model = model;
    this.#clock = clock;
    this.#random = random;
    this.#startedMs = clock.now();
  }

  request(answer: Answer): void {
    if (this.#hasCapacity()) this.#process(answer);
    else if (this.#queue.length < (this.#model.maxQueue ?? Infinity)) this.#queue.push(answer);
    else answer(TOO_MANY_REQUESTS);
  }

  #elapsedMs(): number {
    return this.#clock.now() - this.#startedMs;
  }

  #hasCapacity(): boolean {
    const { capacity } = this.#model;
    return capacity === undefined || this.#inProgress < capacity(this.#elapsedMs());
  }

  #process(answer: Answer): void {
    const { latencyMs, noise, status } = this.#model;
    this.#inProgress += 1;
    const random = this.#random();
    const factor = noise?.(random) ?? 0.7 + 0.6 * random;
    this.#clock.after(latencyMs(this.#inProgress, this.#elapsedMs()) * factor, () => {
      this.#inProgress -= 1;
      answer(status?.(this.#random(), this.#elapsedMs()) ?? OK);
      while (this.#queue.length > 0 && this.#hasCapacity()) {
        const next = this.#queue.shift();
        if (next) this.#process(next);
      }
    });
  }
}
