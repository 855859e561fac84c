import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import {
  LocalFunction,
  LabError,
  type FunctionDefinition,
  type FunctionOverrides,
  type InvocationResult,
  type LocalFunctionOptions,
} from '@parallel-lambda/local-lambda';

import { codeVersion } from './code-version.ts';
import { FunctionMetrics } from './function-metrics.ts';
import type { ServedFunctionEvents, ServedInvocation } from './served-invocation.ts';

/** Configuration of a function that a client may change. */
export type FunctionConfiguration = Pick<FunctionDefinition, 'memoryMb' | 'timeoutSeconds' | 'environment'>;

/** Delays of Lambda's retries of an asynchronous event. */
const retriesAfterMs = [60_000, 120_000] as const;
const throttledForMs = 6 * 60 * 60 * 1000;
const maxThrottlePauseMs = 5 * 60 * 1000;

/** A function of the stack as it is served: with its environments, its configuration and what it has done. */
export class ServedFunction implements AsyncDisposable {
  readonly metrics = new FunctionMetrics();
  readonly #local: LocalFunction;
  readonly #closing = new AbortController();
  readonly #events: ServedFunctionEvents;
  readonly #overrides: FunctionOverrides;
  /** Changes by clients, which a rebuilt function keeps. */
  #changes: Partial<FunctionConfiguration> = {};
  #deployed: FunctionDefinition;
  #codeVersion: string | undefined;
  #inFlight = 0;
  lastModified = new Date();

  constructor(definition: FunctionDefinition, options: LocalFunctionOptions, events: ServedFunctionEvents) {
    const { overrides = {}, ...others } = options;
    this.#overrides = overrides;
    this.#deployed = definition;
    this.#codeVersion = codeVersion(definition.codeFolder);
    this.#local = new LocalFunction(this.#configured(definition, {}), { ...others, whenBusy: 'throttle' });
    this.#events = events;
  }

  get name(): string {
    return this.definition.name;
  }

  get definition(): FunctionDefinition {
    return this.#local.definition;
  }

  get environments(): LocalFunction['environments'] {
    return this.#local.environments;
  }

  /**
   * Invokes the function; whoever does {@link ServedFunction.emitInvocation}s of it, when it is known what came of it.
   *
   * @throws {LabError} `throttled`, when all its environments are busy; `event-too-large`; `closed`
   */
  async invoke(event: unknown): Promise<InvocationResult> {
    this.#inFlight += 1;
    this.metrics.record('ConcurrentExecutions', this.#inFlight, Date.now());
    try {
      const result = await this.#local.invoke(event, {
        onLog: (entry, source) => this.#events.onLog?.({ function: this.name, entry, ...source }),
      });
      this.#record(result);
      return result;
    } catch (error) {
      if (isThrottled(error)) this.metrics.record('Throttles', 1, Date.now());
      throw error;
    } finally {
      this.#inFlight -= 1;
    }
  }

  /** Lets be known that an invocation has ended. */
  emitInvocation(invocation: Omit<ServedInvocation, 'function'>): void {
    this.#events.onInvocation({ function: this.name, ...invocation });
  }

  /**
   * Invokes the function with an asynchronous event: retried twice, after one minute and after two, and
   * kept for six hours while it is throttled.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
   */
  async invokeLater(event: unknown): Promise<void> {
    const { signal } = this.#closing;
    const untilMs = performance.now() + throttledForMs;
    let [retries, pauseMs] = [0, 1_000];
    while (!this.#closing.signal.aborted && performance.now() < untilMs) {
      let waitMs = pauseMs;
      try {
        const result = await this.invoke(event);
        this.emitInvocation({ origin: 'event', result });
        const afterMs = retriesAfterMs[retries];
        if (result.status === 'success' || afterMs === undefined) return;
        waitMs = afterMs;
        retries += 1;
      } catch (error) {
        if (!isThrottled(error)) return;
        pauseMs = Math.min(2 * pauseMs, maxThrottlePauseMs);
      }
      await sleep(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /**
   * Runs the function with other settings from the next invocation on.
   *
   * @throws {LabError} `usage`, when it cannot run with them; then it keeps the former ones
   */
  configure(changes: Partial<FunctionConfiguration>): void {
    this.#replace(this.#deployed, { ...this.#changes, ...changes });
  }

  /**
   * Runs another build of the function, or one with another configuration, from the next invocation on.
   *
   * @returns whether it differs from the former one
   * @throws {LabError} `usage`, when it cannot run; then the former one stays
   */
  redeploy(definition: FunctionDefinition): boolean {
    const version = codeVersion(definition.codeFolder);
    if (isDeepStrictEqual(definition, this.#deployed) && version === this.#codeVersion) return false;
    this.#replace(definition, this.#changes);
    this.#codeVersion = version;
    return true;
  }

  /** Ends its environments, and what runs in them. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#local[Symbol.asyncDispose]();
  }

  /** The template, overridden by the command line, overridden by clients. */
  #configured(deployed: FunctionDefinition, changes: Partial<FunctionConfiguration>): FunctionDefinition {
    const { memoryMb, timeoutSeconds, environment } = this.#overrides;
    return {
      ...deployed,
      ...(memoryMb !== undefined && { memoryMb }),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      environment: { ...deployed.environment, ...environment },
      ...changes,
    };
  }

  #replace(deployed: FunctionDefinition, changes: Partial<FunctionConfiguration>): void {
    this.#local.replace(this.#configured(deployed, changes));
    this.#deployed = deployed;
    this.#changes = changes;
    this.lastModified = new Date();
  }

  #record({ status, report }: InvocationResult): void {
    const nowMs = Date.now();
    this.metrics.record('Invocations', 1, nowMs);
    this.metrics.record('Errors', status === 'success' ? 0 : 1, nowMs);
    this.metrics.record('Duration', report.durationMs, nowMs);
  }
}

/** Returns whether a function did not take an event because all its environments were busy. */
export function isThrottled(error: unknown): error is LabError {
  return error instanceof LabError && error.code === 'throttled';
}
