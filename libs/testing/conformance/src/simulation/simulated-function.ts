import {
  batchHandler,
  type BatchHandlerOptions,
  type Redelivery,
  type Technique,
} from '@parallel-lambda/batch';
import { seededRandom } from '@parallel-lambda/event-sources';

import type { MakeTechnique } from '../setup/fixture.ts';
import { AttemptLog } from './attempt-log.ts';
import { CrashDetector } from './crash-detector.ts';
import type { SimulatedCalls } from './fates/simulated-calls.ts';
import { serveGates } from './gates.ts';
import { InjectedRejection } from './injected-rejection.ts';
import { eventLoopPacing, type Pacing, threadPacing } from './pacing.ts';
import { graceMs, marginMs, timeoutMs } from './timing.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Options for `simulation`. */
export interface SimulationOptions {
  /**
   * True if the technique uses threads.
   * @default false
   */
  readonly threads?: boolean;
  /**
   * The number of messages, over all sources, unless the environment variable `MESSAGES` sets it.
   * @default 3,000
   */
  readonly messages?: number;
  /**
   * Creates the redelivery of one invocation. Some messages then ask to be parked or delayed.
   *
   * @param client has the calls of SQS
   */
  readonly redelivery?: ((client: SimulatedCalls) => Redelivery) | undefined;
}

/** Options for one invocation. */
export interface SimulatedInvocation {
  /** The number of messages that succeed before its environment is lost; `Infinity` if it is not lost. */
  readonly maxSuccesses: number;
  readonly options?: BatchHandlerOptions | undefined;
  /** The calls of its redelivery. */
  readonly calls: SimulatedCalls;
}

const workers = 64;
const unlimited = 2 ** 30;

/** A Lambda function on a virtual clock: several execution environments, each with one invocation at a time. */
export class SimulatedFunction implements AsyncDisposable {
  /** The maximum number of invocations in flight. */
  readonly environments: number;
  readonly attemptLog = AttemptLog.create();
  /** Violations of the contract, apart from lost messages and order. */
  readonly violations: string[] = [];
  readonly #clock = new VirtualClock();
  readonly #crashes = new CrashDetector();
  readonly #gates = serveGates();
  readonly #techniques: readonly (Technique & Partial<AsyncDisposable>)[];
  readonly #free: Technique[];
  readonly #active = new Set<number>();
  readonly #pacing: Pacing;
  readonly #redelivery: SimulationOptions['redelivery'];
  #invocations = 0;

  constructor(makeTechnique: MakeTechnique, { threads = false, redelivery }: SimulationOptions = {}) {
    this.#redelivery = redelivery;
    this.environments = threads ? 2 : 4;
    this.#pacing = threads ? threadPacing(this.attemptLog, this.#active) : eventLoopPacing;
    this.#techniques = Array.from({ length: this.environments }, () => makeTechnique({ workers }));
    this.#free = [...this.#techniques];
  }

  /** True if messages may ask to be parked or delayed. */
  get hasFates(): boolean {
    return this.#redelivery !== undefined;
  }

  /**
   * Runs a task in virtual time. Until it ends, the global clock, `Math.random`, unhandled rejections, `console.error` and
   * `console.warn` belong to the function.
   *
   * @param seed of `Math.random`
   */
  async run<T>(task: () => Promise<T>, seed: number): Promise<T> {
    const clock = this.#clock.install();
    const crashes = this.#crashes.start();
    const unmute = muteConsole();
    const { random } = Math;
    Math.random = seededRandom(seed);
    try {
      return await this.#clock.run(task(), this.#pacing);
    } finally {
      Math.random = random;
      unmute();
      crashes[Symbol.dispose]();
      clock[Symbol.dispose]();
    }
  }

  /**
   * Invokes the function.
   *
   * @returns its response
   * @throws {Error} if the handler rejected or its environment crashed
   */
  async invoke(event: unknown, { maxSuccesses, options, calls }: SimulatedInvocation): Promise<unknown> {
    const technique = this.#free.pop();
    if (!technique) throw new Error(`All ${this.environments} environments are busy`);
    const invocation = ++this.#invocations;
    const endsAtMs = this.#clock.nowMs + timeoutMs;
    this.attemptLog.begin(invocation, Math.min(maxSuccesses, unlimited));
    this.#active.add(invocation);
    calls.onDeath = () => {
      this.attemptLog.stop(invocation);
    };
    try {
      const redelivery = this.#redelivery && { redelivery: this.#redelivery(calls) };
      const handler = batchHandler(technique, { marginMs, graceMs, ...redelivery, ...options });
      const response = await handler(event, {
        awsRequestId: String(invocation),
        getRemainingTimeInMillis: () => endsAtMs - this.#clock.nowMs,
      });
      this.#crashes.throwIfCrashed(invocation);
      return response;
    } catch (error) {
      if (!(error instanceof InjectedRejection))
        this.violations.push(`The handler rejected: ${String(error)}`);
      throw error;
    } finally {
      if (this.#clock.nowMs > endsAtMs) this.violations.push("The handler responded after Lambda's timeout");
      this.attemptLog.end(invocation);
      this.#active.delete(invocation);
      this.#free.push(technique);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gates[Symbol.dispose]();
    for (const technique of this.#techniques) await technique[Symbol.asyncDispose]?.();
  }
}

/** Nearly every batch has failures, and logs them. */
function muteConsole(): () => void {
  const { error, warn } = console;
  Object.assign(console, { error: () => undefined, warn: () => undefined });
  return () => {
    Object.assign(console, { error, warn });
  };
}
