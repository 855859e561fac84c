import { batchHandler, type BatchHandlerOptions, type Technique } from '@parallel-lambda/batch';

import type { MakeTechnique } from '../make-technique.ts';
import { Crashes } from './crashes.ts';
import { keepGates } from './gates.ts';
import { Ledger } from './ledger.ts';
import { patienceWithThreads, turnsOfTheLoop, type Patience } from './patience.ts';
import { StrayRejection } from './stray-rejection.ts';
import { graceMs, marginMs, timeoutMs } from './timing.ts';
import { VirtualClock } from './virtual-clock.ts';

/** What tells one technique's function from another's. */
export interface Particulars {
  /**
   * Whether it works in threads.
   * @default false
   */
  readonly threads?: boolean;
}

/** What an invocation is given beside its event. */
export interface Fate {
  /** How many of its messages are done before its environment is lost; `Infinity` where it is not. */
  readonly credit: number;
  readonly options?: BatchHandlerOptions | undefined;
}

const workers = 64;
const endlessCredit = 2 ** 30;

/**
 * A Lambda function on a virtual clock: execution environments with the technique in each, one invocation at a time.
 */
export class SimulatedFunction implements AsyncDisposable {
  /** How many invocations it can take at a time. */
  readonly environments: number;
  readonly ledger = Ledger.lay();
  /** What no technique may do, whatever befalls it. */
  readonly misdeeds: string[] = [];
  readonly #clock = new VirtualClock();
  readonly #crashes = new Crashes();
  readonly #gates = keepGates();
  readonly #techniques: readonly (Technique & Partial<AsyncDisposable>)[];
  readonly #free: Technique[];
  readonly #living = new Set<number>();
  readonly #patience: Patience;
  #invocations = 0;

  constructor(makeTechnique: MakeTechnique, { threads = false }: Particulars = {}) {
    this.environments = threads ? 2 : 4;
    this.#patience = threads ? patienceWithThreads(this.ledger, this.#living) : turnsOfTheLoop;
    this.#techniques = Array.from({ length: this.environments }, () => makeTechnique({ workers }));
    this.#free = [...this.#techniques];
  }

  /**
   * Lets virtual time go on until a task has settled. Meanwhile the global clock, stray rejections and `console.error`
   * are the function's own.
   */
  async run<T>(task: () => Promise<T>): Promise<T> {
    using owned = new DisposableStack();
    owned.use(this.#clock.install());
    owned.use(this.#crashes.watch());
    owned.defer(muteErrors());
    return await this.#clock.run(task(), this.#patience);
  }

  /**
   * Invokes the function.
   *
   * @returns its response
   * @throws {Error} when the handler rejected or its environment crashed
   */
  async invoke(event: unknown, { credit, options }: Fate): Promise<unknown> {
    const technique = this.#free.pop();
    if (!technique) throw new Error(`There are ${this.environments} environments, and all are busy`);
    const invocation = ++this.#invocations;
    const endsAtMs = this.#clock.nowMs + timeoutMs;
    this.ledger.begin(invocation, Math.min(credit, endlessCredit));
    this.#living.add(invocation);
    try {
      const handler = batchHandler(technique, { marginMs, graceMs, ...options });
      const response = await handler(event, {
        awsRequestId: String(invocation),
        getRemainingTimeInMillis: () => endsAtMs - this.#clock.nowMs,
      });
      this.#crashes.throwIfAny(invocation);
      return response;
    } catch (error) {
      if (!(error instanceof StrayRejection)) this.misdeeds.push(`The handler rejected: ${String(error)}`);
      throw error;
    } finally {
      if (this.#clock.nowMs > endsAtMs) this.misdeeds.push("It answered after Lambda's timeout");
      this.ledger.end(invocation);
      this.#living.delete(invocation);
      this.#free.push(technique);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gates[Symbol.dispose]();
    for (const technique of this.#techniques) await technique[Symbol.asyncDispose]?.();
  }
}

/** A batch with failures logs them, and here nearly every batch has some. */
function muteErrors(): () => void {
  const { error } = console;
  console.error = () => undefined;
  return () => {
    console.error = error;
  };
}
