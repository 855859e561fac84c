import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import {
  codeVersion,
  LocalFunction,
  type FunctionDefinition,
  type FunctionOverrides,
  type InvocationResult,
  type InvokeOptions,
  type LocalFunctionOptions,
} from '@parallel-lambda/local-lambda';

import { processLater } from './asynchronous/asynchronous-events.ts';
import type { Deliver } from './asynchronous/deliver.ts';
import { isThrottled } from './asynchronous/throttled.ts';
import { FunctionMetrics } from './function-metrics.ts';
import type { ServedFunctionEvents, ServedInvocation } from './served-invocation.ts';
import type { AsynchronousDefinition } from './stack/asynchronous-definition.ts';

/** Configuration of a function that a client may change. */
export type FunctionConfiguration = Pick<FunctionDefinition, 'memoryMb' | 'timeoutSeconds' | 'environment'>;

/** Listeners of a served function, and settings of its asynchronous events. */
export interface ServedFunctionContext extends ServedFunctionEvents {
  /** @default Lambda's defaults, without destinations */
  readonly asynchronous?: AsynchronousDefinition | undefined;
  readonly deliver: Deliver;
}

/** A function of the stack as it is served: with its environments, its configuration and its invocations. */
export class ServedFunction implements AsyncDisposable {
  readonly metrics = new FunctionMetrics();
  readonly #local: LocalFunction;
  readonly #closing = new AbortController();
  readonly #context: ServedFunctionContext;
  readonly #overrides: FunctionOverrides;
  /** Changes by clients, which a rebuilt function keeps. */
  #changes: Partial<FunctionConfiguration> = {};
  #deployed: FunctionDefinition;
  #codeVersion: string | undefined;
  #inFlight = 0;
  lastModified = new Date();

  constructor(definition: FunctionDefinition, options: LocalFunctionOptions, context: ServedFunctionContext) {
    const { overrides = {}, ...others } = options;
    this.#overrides = overrides;
    this.#deployed = definition;
    this.#codeVersion = codeVersion(definition.codeFolder);
    this.#local = new LocalFunction(this.#configured(definition, {}), { ...others, whenBusy: 'throttle' });
    this.#context = context;
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
   * Invokes the function; the caller {@link ServedFunction.emitInvocation}s it when its result is known.
   *
   * @throws {LabError} `throttled`, when all its environments are busy; `event-too-large`; `closed`
   */
  async invoke(event: unknown, options: Pick<InvokeOptions, 'synchronous'> = {}): Promise<InvocationResult> {
    this.#inFlight += 1;
    this.metrics.record('ConcurrentExecutions', this.#inFlight, Date.now());
    try {
      const result = await this.#local.invoke(event, {
        ...options,
        onLog: (entry, source) => this.#context.onLog?.({ function: this.name, entry, ...source }),
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

  /** Reports that an invocation has ended. */
  emitInvocation(invocation: Omit<ServedInvocation, 'function'>): void {
    this.#context.onInvocation({ function: this.name, ...invocation });
  }

  /** Invokes the function with an asynchronous event. Settles when the event is processed or its destinations have it. */
  async invokeLater(event: unknown): Promise<void> {
    const { signal } = this.#closing;
    const { deliver, asynchronous = { functionName: this.name } } = this.#context;
    await processLater(event, asynchronous, {
      invoke: async (retried) => {
        const result = await this.invoke(retried);
        this.emitInvocation({ origin: 'event', result });
        return result;
      },
      deliver,
      pause: (ms) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined),
      nowMs: () => performance.now(),
      signal,
    });
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
