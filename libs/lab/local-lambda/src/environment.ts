import { once } from 'node:events';

import type { EnvironmentFolder } from './environment-folder.ts';
import { EnvironmentResources } from './environment-resources.ts';
import type { EnvironmentSnapshot, EnvironmentState } from './environment-state.ts';
import type { ExitStatus } from './exit-status.ts';
import type { Answer, InitAnswer, Invocation } from './invocation.ts';
import { RuntimeOutput } from './runtime-output.ts';
import type { EnvironmentSettings } from './runtime-settings.ts';
import { LeakFinder } from './strict/leak-finder.ts';
import type { Leak } from './strict/leak.ts';

/** The process ended, or its time ran out, before it answered. */
export type Interruption =
  { readonly kind: 'exit'; readonly status: ExitStatus } | { readonly kind: 'timeout' };

/** Listeners of an environment. */
export interface EnvironmentObserver {
  /** Is given every entry of its log. */
  readonly onLog: (entry: string) => void;
  readonly onState: (environment: EnvironmentSnapshot) => void;
}

/**
 * One execution environment: a function's processes with the Runtime API in front of them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Environment {
  readonly id: number;
  readonly #observer: EnvironmentObserver;
  readonly #freezes: boolean;
  readonly #resources: EnvironmentResources;
  readonly #output: RuntimeOutput;
  readonly #leaks: LeakFinder | undefined;
  readonly #startedAt: number;
  #state: EnvironmentState = 'initializing';
  #invocations = 0;
  #inFlight = 0;

  private constructor(
    id: number,
    { maxConcurrency }: EnvironmentSettings,
    resources: EnvironmentResources,
    observer: EnvironmentObserver,
  ) {
    this.id = id;
    this.#observer = observer;
    this.#freezes = maxConcurrency === undefined;
    this.#resources = resources;
    const { process } = resources;
    this.#leaks = process.strict && new LeakFinder(process.strict);
    this.#output = new RuntimeOutput(process, observer.onLog);
    this.#startedAt = performance.now();
    process.begin();
    // What the process started does not outlive it.
    process.child.once('exit', () => {
      resources.sandbox.kill();
      // An invocation in flight is settled first.
      if (this.#state === 'frozen' || this.#state === 'idle') void this.end();
    });
    observer.onState(this.snapshot);
  }

  /**
   * Starts the process.
   *
   * @param id unique among the function's environments
   * @param former folder of a lost environment, whose `/tmp` this one takes over
   * @throws what {@link EnvironmentResources.open} throws
   */
  static async start(
    id: number,
    settings: EnvironmentSettings,
    observer: EnvironmentObserver,
    former?: EnvironmentFolder,
  ): Promise<Environment> {
    return new Environment(id, settings, await EnvironmentResources.open(settings, former), observer);
  }

  get alive(): boolean {
    const { exitCode, signalCode } = this.#resources.process.child;
    return this.#state !== 'ended' && exitCode === null && signalCode === null;
  }

  /** The most memory that it was seen to hold, in MB, rounded up. */
  get maxMemoryMb(): number {
    return this.#resources.sandbox.maxMemoryMb;
  }

  get snapshot(): EnvironmentSnapshot {
    return {
      id: this.id,
      pid: this.#resources.process.pid,
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
    const end = await this.#within(limitMs, this.#resources.api.initialized);
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
    // CPU time of concurrent invocations cannot be separated.
    const cpuBefore = this.#freezes ? this.#resources.sandbox.cpuTimeMs() : undefined;
    if (this.#state === 'frozen') this.#resources.sandbox.thaw();
    this.#inFlight += 1;
    this.#invocations += 1;
    this.#enter('running');
    const startedAt = performance.now();
    const end = await this.#within(limitMs, this.#resources.api.invoke(invocation));
    this.#inFlight -= 1;
    if (end.kind === 'timeout') this.#resources.api.abandon(invocation.requestId);
    const cpuAfter = cpuBefore === undefined ? undefined : this.#resources.sandbox.cpuTimeMs();
    const cpuTimeMs =
      cpuBefore === undefined || cpuAfter === undefined ? undefined : Math.max(0, cpuAfter - cpuBefore);
    return { durationMs: performance.now() - startedAt, ...end, cpuTimeMs };
  }

  /**
   * Returns what an invocation has left running after its response.
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
   * @returns whether it is idle: it may have ended, or be still running
   */
  async rest(limitMs: number): Promise<boolean> {
    if (this.#inFlight > 0) return true;
    if (!this.#freezes) {
      if (this.alive) this.#enter('idle');
      return this.alive;
    }
    const end = await this.#within(limitMs, this.#resources.api.asked());
    if (end || !this.alive) return false;
    this.#resources.sandbox.freeze();
    this.#enter('frozen');
    return true;
  }

  /**
   * Ends it, and keeps its `/tmp` for the next one, as Lambda does after a crash or a timeout.
   *
   * @returns nothing if it had ended before
   */
  async reset(): Promise<EnvironmentFolder | undefined> {
    if (this.#state === 'ended') return undefined;
    const folder = this.#resources.folder.keep();
    await this.end();
    return folder;
  }

  /** Kills its remaining processes, and removes its `/tmp`. */
  async end(): Promise<void> {
    if (this.#state === 'ended') return;
    const { child } = this.#resources.process;
    if (this.alive) {
      const exited = once(child, 'exit');
      this.#resources.sandbox.kill();
      await exited;
    }
    await this.#output.drain();
    this.#resources[Symbol.dispose]();
    this.#enter('ended');
  }

  async #within<T>(limitMs: number, answer: Promise<T>): Promise<T | Interruption> {
    const { promise, resolve, reject } = Promise.withResolvers<T | Interruption>();
    const { child } = this.#resources.process;
    const onExit = (code: number | null, signal: NodeJS.Signals | null): void => {
      resolve({ kind: 'exit', status: { code, signal } });
    };
    if (!this.alive) onExit(child.exitCode, child.signalCode);
    child.once('exit', onExit).once('error', reject);
    const timer = setTimeout(resolve, limitMs, { kind: 'timeout' });
    answer.then(resolve, reject);
    try {
      const end = await promise;
      this.#resources.sandbox.measure();
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
