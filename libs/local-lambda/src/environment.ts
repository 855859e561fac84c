import { once } from 'node:events';

import type { ExitStatus } from './exit-status.ts';
import type { FunctionDefinition } from './assembly/function-definition.ts';
import type { Answer, InitAnswer, Invocation } from './invocation.ts';
import { leaveNothingBehind } from './leave-nothing-behind.ts';
import { maxMemoryMb } from './max-memory.ts';
import { RuntimeApi } from './runtime-api.ts';
import { RuntimeOutput } from './runtime-output.ts';
import { spawnRuntime, type RuntimeProcess } from './spawn-runtime.ts';

/** The process ended, or its time ran out, before it answered. */
export type Interruption =
  { readonly kind: 'exit'; readonly status: ExitStatus } | { readonly kind: 'timeout' };

/**
 * One execution environment: a function's process with the Runtime API in front of it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Environment {
  readonly #api: RuntimeApi;
  readonly #process: RuntimeProcess;
  readonly #output: RuntimeOutput;
  readonly #startedAt: number;
  readonly #release: () => void;
  #maxMemoryMb = 0;

  private constructor(
    definition: FunctionDefinition,
    client: string,
    api: RuntimeApi,
    onLog: (entry: string) => void,
  ) {
    this.#api = api;
    this.#startedAt = performance.now();
    this.#process = spawnRuntime(definition, client, api.address);
    this.#output = new RuntimeOutput(this.#process, onLog);
    this.#release = leaveNothingBehind(() => {
      if (this.alive) this.#killGroup();
    });
    // What the process started does not outlive it.
    this.#process.child.once('exit', () => {
      this.#killGroup();
    });
  }

  /**
   * Starts the process.
   *
   * @param definition as it is to be run
   * @param client the runtime's main module
   * @param onLog is given every entry of its log
   */
  static async start(
    definition: FunctionDefinition,
    client: string,
    onLog: (entry: string) => void,
  ): Promise<Environment> {
    return new Environment(definition, client, await RuntimeApi.listen(), onLog);
  }

  get alive(): boolean {
    const { exitCode, signalCode } = this.#process.child;
    return exitCode === null && signalCode === null;
  }

  /** The most that the process was seen to hold, rounded up. */
  get maxMemoryMb(): number {
    return this.#maxMemoryMb;
  }

  /**
   * Waits for the end of INIT.
   *
   * @param limitMs from now on
   */
  async initialize(limitMs: number): Promise<(InitAnswer | Interruption) & { readonly durationMs: number }> {
    const end = await this.#within(limitMs, this.#api.initialized);
    return { ...end, durationMs: performance.now() - this.#startedAt };
  }

  /**
   * Has the function work on an event.
   *
   * @param limitMs from now on
   * @returns how that ended; by then its log has been passed on
   */
  async invoke(
    invocation: Invocation,
    limitMs: number,
  ): Promise<Answer | (Interruption & { readonly durationMs: number })> {
    const startedAt = performance.now();
    const end = await this.#within(limitMs, this.#api.invoke(invocation));
    return { durationMs: performance.now() - startedAt, ...end };
  }

  /** Kills the process, if it is still there, and everything that it started. */
  async end(): Promise<void> {
    if (this.alive) {
      const exited = once(this.#process.child, 'exit');
      this.#killGroup();
      await exited;
    }
    await this.#output.drain();
    this.#output.close();
    this.#api.close();
    this.#release();
  }

  async #within<T>(limitMs: number, answer: Promise<T>): Promise<T | Interruption> {
    const { promise, resolve, reject } = Promise.withResolvers<T | Interruption>();
    const { child } = this.#process;
    const onExit = (code: number | null, signal: NodeJS.Signals | null): void => {
      resolve({ kind: 'exit', status: { code, signal } });
    };
    if (!this.alive) onExit(child.exitCode, child.signalCode);
    child.once('exit', onExit).once('error', reject);
    const timer = setTimeout(resolve, limitMs, { kind: 'timeout' });
    answer.then(resolve, reject);
    try {
      const end = await promise;
      this.#maxMemoryMb = (child.pid && maxMemoryMb(child.pid)) ?? this.#maxMemoryMb;
      await this.#output.drain();
      return end;
    } finally {
      clearTimeout(timer);
      child.off('exit', onExit).off('error', reject);
    }
  }

  #killGroup(): void {
    const { pid } = this.#process.child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // There is nobody left in it.
    }
  }
}
