import { once } from 'node:events';

import type { FunctionDefinition } from './function-definition.ts';
import { EnvironmentFolder } from './environment-folder.ts';
import type { EnvironmentSnapshot, EnvironmentState } from './environment-state.ts';
import type { ExitStatus } from './exit-status.ts';
import type { Answer, InitAnswer, Invocation } from './invocation.ts';
import { leaveNothingBehind } from './leave-nothing-behind.ts';
import { removeLeftovers } from './owner/remove-leftovers.ts';
import { RuntimeApi } from './runtime-api.ts';
import { RuntimeOutput } from './runtime-output.ts';
import { openLimitedSandbox } from './sandbox/open-sandbox.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { SignalledSandbox } from './sandbox/signalled-sandbox.ts';
import type { Leak } from './strict/leak.ts';
import { LeakFinder } from './strict/leak-finder.ts';
import { spawnRuntime, type RuntimeProcess } from './spawn-runtime.ts';

/** The process ended, or its time ran out, before it answered. */
export type Interruption =
  { readonly kind: 'exit'; readonly status: ExitStatus } | { readonly kind: 'timeout' };

/** What an environment is started with. */
export interface EnvironmentSettings {
  /** As it is to be run. */
  readonly definition: FunctionDefinition;
  /** The runtime's main module. */
  readonly client: string;
  /** Whether it is held to the CPU time and the memory that its memory size buys. */
  readonly limited: boolean;
  /** Whether it is watched for what it leaves running. */
  readonly strict: boolean;
  /** How many invocations it works on at one time, as on Managed Instances. @default one, and then it is frozen */
  readonly maxConcurrency: number | undefined;
}

/** Who is told of an environment's life. */
export interface EnvironmentObserver {
  /** Is given every entry of its log. */
  readonly onLog: (entry: string) => void;
  readonly onState: (environment: EnvironmentSnapshot) => void;
}

/** What there is before INIT begins. */
interface Prepared {
  readonly api: RuntimeApi;
  readonly folder: EnvironmentFolder;
  readonly process: RuntimeProcess;
}

/**
 * One execution environment: a function's processes with the Runtime API in front of them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Environment {
  static #leftoversRemoved = false;

  readonly id: number;
  readonly #api: RuntimeApi;
  readonly #observer: EnvironmentObserver;
  readonly #freezes: boolean;
  readonly #folder: EnvironmentFolder;
  readonly #sandbox: Sandbox;
  readonly #process: RuntimeProcess;
  readonly #output: RuntimeOutput;
  readonly #leaks: LeakFinder | undefined;
  readonly #startedAt: number;
  readonly #release: () => void;
  #state: EnvironmentState = 'initializing';
  #invocations = 0;
  #inWork = 0;

  private constructor(
    id: number,
    { definition, limited, maxConcurrency }: EnvironmentSettings,
    { api, folder, process }: Prepared,
    observer: EnvironmentObserver,
  ) {
    this.id = id;
    this.#api = api;
    this.#observer = observer;
    this.#freezes = maxConcurrency === undefined;
    this.#sandbox = limited ? openLimitedSandbox(definition.memoryMb).sandbox : new SignalledSandbox();
    this.#folder = folder;
    this.#process = process;
    this.#leaks = this.#process.strict && new LeakFinder(this.#process.strict);
    this.#output = new RuntimeOutput(this.#process, observer.onLog);
    this.#release = leaveNothingBehind(() => {
      this.#sandbox.kill();
      this.#sandbox.remove();
      this.#folder.remove();
    });
    const { child } = this.#process;
    if (child.pid !== undefined) {
      this.#sandbox.enter(child.pid);
      this.#folder.record(child.pid);
    }
    this.#startedAt = performance.now();
    process.begin();
    // What the process started does not outlive it.
    child.once('exit', () => {
      this.#sandbox.kill();
      // Amid an invocation that is told first.
      if (this.#state === 'frozen' || this.#state === 'idle') void this.end();
    });
    observer.onState(this.snapshot);
  }

  /**
   * Starts the process.
   *
   * @param id unique among the function's environments
   */
  static async start(
    id: number,
    settings: EnvironmentSettings,
    observer: EnvironmentObserver,
  ): Promise<Environment> {
    if (!Environment.#leftoversRemoved) removeLeftovers();
    Environment.#leftoversRemoved = true;
    const api = await RuntimeApi.listen(settings.maxConcurrency);
    const folder = new EnvironmentFolder();
    const remove = (): void => {
      api.close();
      folder.remove();
    };
    const release = leaveNothingBehind(remove);
    try {
      const process = await spawnRuntime({ ...settings, runtimeApi: api.address, folder });
      return new Environment(id, settings, { api, folder, process }, observer);
    } catch (error) {
      remove();
      throw error;
    } finally {
      release();
    }
  }

  get alive(): boolean {
    const { exitCode, signalCode } = this.#process.child;
    return this.#state !== 'ended' && exitCode === null && signalCode === null;
  }

  /** The most memory that it was seen to hold, in MB, rounded up. */
  get maxMemoryMb(): number {
    return this.#sandbox.maxMemoryMb;
  }

  get snapshot(): EnvironmentSnapshot {
    return {
      id: this.id,
      pid: this.#process.child.pid,
      state: this.#state,
      invocations: this.#invocations,
    };
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
   * Has the function work on an event; thaws it, if need be.
   *
   * @param limitMs from now on
   * @returns how that ended; by then its log has been passed on
   */
  async invoke(
    invocation: Invocation,
    limitMs: number,
  ): Promise<
    (Answer | (Interruption & { readonly durationMs: number })) & { readonly cpuTimeMs: number | undefined }
  > {
    // What several invocations computed at one time cannot be told apart.
    const cpuBefore = this.#freezes ? this.#sandbox.cpuTimeMs() : undefined;
    if (this.#state === 'frozen') this.#sandbox.thaw();
    this.#inWork += 1;
    this.#invocations += 1;
    this.#enter('running');
    const startedAt = performance.now();
    const end = await this.#within(limitMs, this.#api.invoke(invocation));
    this.#inWork -= 1;
    if (end.kind === 'timeout') this.#api.abandon(invocation.requestId);
    const cpuAfter = cpuBefore === undefined ? undefined : this.#sandbox.cpuTimeMs();
    const cpuTimeMs =
      cpuBefore === undefined || cpuAfter === undefined ? undefined : Math.max(0, cpuAfter - cpuBefore);
    return { durationMs: performance.now() - startedAt, ...end, cpuTimeMs };
  }

  /**
   * What an invocation has left running, after its response.
   *
   * @param since when it began, in nanoseconds by the machine's monotonic clock
   * @returns nothing unless it is watched
   */
  async findLeaks(since: bigint): Promise<readonly Leak[] | undefined> {
    const leaks = await this.#leaks?.find(since);
    await this.#output.drain();
    return leaks;
  }

  /**
   * Waits until the runtime asks for the next event, and freezes all there is.
   *
   * @param limitMs from now on
   * @returns whether it has come to rest: it may have ended, or go on for longer than that
   */
  async rest(limitMs: number): Promise<boolean> {
    if (this.#inWork > 0) return true;
    if (!this.#freezes) {
      if (this.alive) this.#enter('idle');
      return this.alive;
    }
    const end = await this.#within(limitMs, this.#api.asked());
    if (end || !this.alive) return false;
    this.#sandbox.freeze();
    this.#enter('frozen');
    return true;
  }

  /** Kills whatever of it is still there, and removes its `/tmp`. */
  async end(): Promise<void> {
    if (this.#state === 'ended') return;
    const { child } = this.#process;
    if (this.alive && child.pid !== undefined) {
      const exited = once(child, 'exit');
      this.#sandbox.kill();
      await exited;
    }
    await this.#output.drain();
    this.#output.close();
    this.#leaks?.close();
    this.#api.close();
    this.#sandbox.remove();
    this.#folder.remove();
    this.#release();
    this.#enter('ended');
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
      this.#sandbox.measure();
      await this.#output.drain();
      return end;
    } finally {
      clearTimeout(timer);
      child.off('exit', onExit).off('error', reject);
    }
  }

  #enter(state: EnvironmentState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#observer.onState(this.snapshot);
  }
}
