import { Service, VirtualClock, type ServiceModel } from '@parallel-lambda/downstream';
import { seededRandom, type Random } from '@parallel-lambda/event-sources';
import { vcpusOf, type InvocableFunction } from '@parallel-lambda/local-lambda';
import type { Series } from '@parallel-lambda/report';

import { runTrials, type MeasuredFunctions } from '../../src/index.ts';
import { answer } from '../answers.ts';

/** Work of each message of a modelled function, in this order. */
export interface ModelledWork {
  readonly waitMs?: number;
  readonly service?: ServiceModel;
  /** Milliseconds of a whole vCPU. */
  readonly computeMs: number;
}

/** Result of a batch. */
interface ModelledBatch {
  readonly durationMs: number;
  /** Messages that the service rejected. */
  readonly failed: number;
}

/** Milliseconds of every batch. */
const OVERHEAD_MS = 3;
const DEFAULT_WORKERS = 100;
/** Milliseconds of an environment's start. */
const START_MS = 300;
/** Standard deviation of the noise, as a share of the duration. */
const NOISE = 0.03;

/** Returns the duration of a batch without noise: workers in a loop, threads that share the CPUs of the memory size. */
export function modelledBatch(
  { setting, messages }: Pick<Series, 'setting' | 'messages'>,
  work: ModelledWork,
): ModelledBatch {
  const clock = new VirtualClock();
  const service = work.service && new Service(work.service, clock, seededRandom(1));
  const vcpus = vcpusOf(setting.memoryMb);
  const hasThreads = setting.function === 'worker-threads';
  const threads = hasThreads ? (setting.threads ?? Math.max(1, Math.floor(vcpus))) : 1;
  const computeMs = work.computeMs / Math.min(1, vcpus / threads);
  const freeAtMs = Array.from({ length: threads }, () => 0);
  let [started, failed, endMs] = [0, 0, 0];
  const next = (): void => {
    if (started === messages) return;
    started += 1;
    const thread = started % threads;
    const compute = (status: number): void => {
      if (status !== 200) failed += 1;
      const until = Math.max(clock.now(), freeAtMs[thread] ?? 0) + computeMs;
      freeAtMs[thread] = until;
      clock.after(until - clock.now(), () => {
        endMs = clock.now();
        next();
      });
    };
    if (service) service.request(compute);
    else {
      clock.after(work.waitMs ?? 0, () => {
        compute(200);
      });
    }
  };
  const { workers = DEFAULT_WORKERS } = setting;
  // Adaptive workers find the capacity.
  const limit = workers === 'adaptive' ? (work.service?.capacity?.(0) ?? DEFAULT_WORKERS) : workers;
  for (let worker = 0; worker < limit; worker += 1) next();
  clock.runUntil(1e9);
  return { durationMs: OVERHEAD_MS + endMs, failed };
}

/** Functions whose batches take the time of the model, with noise, on a clock that only they move. */
export class ModelledFunctions {
  #nowMs = 0;
  readonly #random: Random;
  readonly #work: ModelledWork;

  constructor(work: ModelledWork, seed: number) {
    this.#work = work;
    this.#random = seededRandom(seed);
  }

  readonly clock = (): number => this.#nowMs;

  readonly functions: MeasuredFunctions = {
    settings: ['promises', 'worker-threads'].map((name) => ({ function: name, memoryMb: 1769 })),
    circumstances: {
      machine: { platform: 'linux', cpu: 'a model', cpus: 2 },
      runtime: 'own',
      enforced: { cpu: true, memory: true },
      architecture: 'arm64',
    },
    run: (plan, onProgress) => runTrials({ ...plan, clock: this.clock }, onProgress),
    open: (setting) => {
      this.#nowMs += START_MS;
      return Promise.resolve({
        invoke: (event: { readonly Records: readonly { readonly messageId: string }[] }) => {
          const { Records: records } = event;
          const { durationMs, failed } = modelledBatch({ setting, messages: records.length }, this.#work);
          const took = durationMs * this.#noise();
          this.#nowMs += took;
          const failures = records.slice(0, failed).map(({ messageId }) => ({ itemIdentifier: messageId }));
          return Promise.resolve(answer(took, failures));
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      } as InvocableFunction);
    },
    changed: () => [],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };

  /** Normally distributed around 1. */
  #noise(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.#random()));
    return 1 + NOISE * radius * Math.cos(2 * Math.PI * this.#random());
  }
}
