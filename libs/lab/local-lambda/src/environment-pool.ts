import type { EnvironmentSnapshot } from './environment-state.ts';
import { FunctionRunner } from './function-runner.ts';
import type { InvocationResult } from './invocation-result.ts';
import type { InvokeOptions } from './invoke-options.ts';
import { LabError } from './lab-error.ts';
import type { EnvironmentSettings } from './runtime-settings.ts';

/** Options for the number and lifetime of environments. */
export interface PoolOptions {
  /** Maximum environments. The function's reserved concurrency may be less. */
  readonly concurrency: number;
  /** Behaviour for an event when all of them are busy. */
  readonly whenBusy: 'wait' | 'throttle';
  /** Time without an invocation after which an environment is ended. */
  readonly idleMs: number;
  readonly onState: (environment: EnvironmentSnapshot) => void;
}

/** Time that a response waits for its environment to become idle, which takes less than 1 ms. */
const restMs = 100;

/** A place for an environment. */
interface Host {
  readonly runner: FunctionRunner;
  /** Number of events in flight. */
  inFlight: number;
  idleTimer?: NodeJS.Timeout;
}

/**
 * The environments of a function: each works on one event at a time (on Managed Instances on several), the one
 * that was used last is used first, and those that are not needed are ended.
 */
export class EnvironmentPool {
  readonly #options: PoolOptions;
  #settings: EnvironmentSettings;
  /** The one used last at the end. */
  #hosts: Host[] = [];
  /** Events that wait for a place, in the order of their arrival. */
  readonly #waiting: PromiseWithResolvers<Host>[] = [];
  readonly #ending = new Set<Promise<void>>();
  #closed = false;
  #started = 0;

  constructor(settings: EnvironmentSettings, options: PoolOptions) {
    this.#settings = settings;
    this.#options = options;
  }

  /** Number of environments so far. */
  get started(): number {
    return this.#started;
  }

  /** The current environments. */
  get environments(): readonly EnvironmentSnapshot[] {
    return this.#hosts.flatMap(({ runner }) => runner.environment ?? []);
  }

  /**
   * Works on one event.
   *
   * @param event as JSON
   * @throws {LabError} `throttled` or `closed`
   */
  async run(event: string, options?: InvokeOptions): Promise<InvocationResult> {
    const host = this.#reserve() ?? (await this.#wait());
    const result = host.runner.run(event, options);
    const givenBack = result.catch(() => undefined).then(() => this.#giveBack(host));
    this.#track(givenBack);
    await result;
    // The next event finds the same environment, unless that still runs after its response.
    await within(restMs, givenBack);
    return result;
  }

  /** Starts environments of another kind from now on. Those of the previous kind end after their current invocations. */
  replace(settings: EnvironmentSettings): void {
    this.#settings = settings;
    for (const host of this.#hosts) if (host.inFlight === 0) this.#retire(host);
    this.#serveWaiting();
  }

  /** Ends all environments, also during invocations, and starts no other. */
  async close(): Promise<void> {
    this.#closed = true;
    const { name } = this.#settings.definition;
    for (const { reject } of this.#waiting.splice(0)) {
      reject(new LabError('closed', `${name} was closed`));
    }
    for (const host of this.#hosts) this.#retire(host);
    while (this.#ending.size > 0) await Promise.all(this.#ending);
  }

  /** @returns nothing when all are busy */
  #reserve(): Host | undefined {
    const { maxConcurrency = 1 } = this.#settings;
    const free = this.#hosts.filter(
      ({ runner, inFlight }) => inFlight < maxConcurrency && runner.settings === this.#settings,
    );
    const host = free.findLast(({ runner }) => runner.environment) ?? free.at(-1) ?? this.#add();
    if (!host) return undefined;
    host.inFlight += 1;
    clearTimeout(host.idleTimer);
    return host;
  }

  #add(): Host | undefined {
    if (this.#hosts.length >= this.#concurrency()) return undefined;
    const runner = new FunctionRunner({
      settings: this.#settings,
      nextId: () => (this.#started += 1),
      onState: this.#options.onState,
    });
    const host: Host = { runner, inFlight: 0 };
    this.#hosts.push(host);
    return host;
  }

  async #wait(): Promise<Host> {
    const concurrency = this.#concurrency();
    const { whenBusy } = this.#options;
    if (whenBusy === 'throttle' || concurrency === 0) {
      const { name } = this.#settings.definition;
      const sentence = `Rate exceeded: ${name} is busy in as many environments as it may have (${concurrency})`;
      throw new LabError('throttled', sentence);
    }
    const place = Promise.withResolvers<Host>();
    this.#waiting.push(place);
    return place.promise;
  }

  #concurrency(): number {
    const { reservedConcurrency = Infinity, managedInstances } = this.#settings.definition;
    const maxEnvironments = managedInstances?.maxEnvironments ?? Infinity;
    return Math.min(this.#options.concurrency, reservedConcurrency, maxEnvironments);
  }

  #serveWaiting(): void {
    while (this.#waiting.length > 0) {
      const host = this.#reserve();
      if (!host) return;
      this.#waiting.shift()?.resolve(host);
    }
  }

  async #giveBack(host: Host): Promise<void> {
    await host.runner.rest();
    host.inFlight -= 1;
    if (this.#closed) return;
    this.#hosts = [...this.#hosts.filter((other) => other !== host), host];
    if (host.inFlight === 0) this.#leaveIdle(host);
    this.#serveWaiting();
  }

  #leaveIdle(host: Host): void {
    const { runner } = host;
    if (runner.settings !== this.#settings) {
      this.#retire(host);
      return;
    }
    // No event waits for it.
    host.idleTimer = setTimeout(() => {
      this.#retire(host);
    }, this.#options.idleMs).unref();
  }

  #retire(host: Host): void {
    clearTimeout(host.idleTimer);
    this.#hosts = this.#hosts.filter((other) => other !== host);
    this.#track(host.runner.close());
  }

  #track(ending: Promise<void>): void {
    const tracked = ending.finally(() => this.#ending.delete(tracked));
    this.#ending.add(tracked);
  }
}

async function within(ms: number, promise: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    resolve(undefined);
  }, ms);
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
