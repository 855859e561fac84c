import { randomBytes, randomUUID } from 'node:crypto';

import type { EnvironmentFolder } from './environment-folder.ts';
import type { EnvironmentSnapshot } from './environment-state.ts';
import { region } from './environment-variables.ts';
import { Environment, type EnvironmentObserver } from './environment.ts';
import { timeoutOf } from './function-settings.ts';
import type { InvocationResult } from './invocation-result.ts';
import type { Invocation } from './invocation.ts';
import type { InvokeOptions } from './invoke-options.ts';
import { LabError } from './lab-error.ts';
import { EnvironmentLog } from './log/environment-log.ts';
import type { InvocationLog } from './log/invocation-log.ts';
import type { EnvironmentSettings } from './runtime-settings.ts';
import { settleInvocation, type InvocationEnd } from './settle-invocation.ts';
import type { Leak } from './strict/leak.ts';

/** Maximum duration of INIT before it is restarted as part of the invocation. */
const initLimitMs = 10_000;

/** Minimum duration of INIT on Managed Instances, where it may take as long as an invocation. */
const managedInitLimitMs = 130_000;

/** Options for starting environments. */
export interface RunnerOptions {
  readonly settings: EnvironmentSettings;
  /** Gives each environment its number. */
  readonly nextId: () => number;
  readonly onState: (environment: EnvironmentSnapshot) => void;
}

/** Result of an event. */
interface Worked {
  readonly end: InvocationEnd;
  readonly maxMemoryMb: number;
  readonly leaks?: readonly Leak[] | undefined;
}

/** Keeps one environment of a function from invocation to invocation, and starts another when it is lost. */
export class FunctionRunner {
  readonly #options: RunnerOptions;
  readonly #log: EnvironmentLog;
  #environment: Environment | undefined;
  /** Folder of a lost environment, for the next one. */
  #folder: EnvironmentFolder | undefined;
  /** The INIT in progress, for events that wait for it. */
  #initializing: Promise<unknown> | undefined;
  #closed = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#log = new EnvironmentLog(options.settings.definition.logFormat);
  }

  get settings(): EnvironmentSettings {
    return this.#options.settings;
  }

  /** The one that there is at present. */
  get environment(): EnvironmentSnapshot | undefined {
    return this.#environment?.alive ? this.#environment.snapshot : undefined;
  }

  /**
   * Works on one event.
   *
   * @param event as JSON
   */
  async run(event: string, { onLog, synchronous }: InvokeOptions = {}): Promise<InvocationResult> {
    const { definition } = this.settings;
    const timeoutSeconds = timeoutOf(definition, { synchronous });
    const requestId = randomUUID();
    while (this.#initializing) await this.#initializing;
    const log = this.#log.begin(
      requestId,
      onLog &&
        ((entry, platform) => {
          onLog(entry, { requestId, platform });
        }),
    );
    try {
      const initializing = this.#initialize(log);
      this.#initializing = initializing.catch(() => undefined);
      const initDurationMs = await initializing.finally(() => {
        this.#initializing = undefined;
      });
      log.writePlatform({ kind: 'start', requestId });
      const { leaks, ...worked } = await this.#work(requestId, event, timeoutSeconds * 1000);
      const ended = { requestId, definition, timeoutSeconds, initDurationMs, ...worked };
      const result = settleInvocation(ended, log);
      return leaks ? { ...result, leaks } : result;
    } finally {
      this.#log.end(requestId);
    }
  }

  /** Settles when the next event can be worked on: the environment is frozen, or lost. */
  async rest(): Promise<void> {
    const environment = this.#environment;
    // Running on after the response until the timeout is a timeout without an invocation to report.
    const rested = await environment?.rest(this.settings.definition.timeoutSeconds * 1000);
    if (environment && !rested) await this.#discard(environment);
  }

  /** Ends the environment, also during an invocation, and starts no other. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#environment) await this.#discard(this.#environment);
    this.#folder?.remove();
    this.#folder = undefined;
  }

  /** @returns the duration of INIT; nothing when the environment is warm, or when INIT has failed */
  async #initialize(log: InvocationLog): Promise<number | undefined> {
    if (this.#environment?.alive) return undefined;
    const environment = await this.#start();
    const init = await environment.initialize(this.#initLimitMs());
    if (init.kind === 'ready') return init.durationMs;
    // Output that it writes while it ends is before the line that reports its end.
    await this.#discard(environment);
    const status = init.kind === 'timeout' ? 'timeout' : 'error';
    log.writePlatform({ kind: 'init failed', durationMs: init.durationMs, status });
    return undefined;
  }

  #initLimitMs(): number {
    const { definition, maxConcurrency } = this.settings;
    if (maxConcurrency === undefined) return initLimitMs;
    return Math.max(managedInitLimitMs, definition.timeoutSeconds * 1000);
  }

  async #work(requestId: string, event: string, limitMs: number): Promise<Worked> {
    const since = process.hrtime.bigint();
    const warm = this.#environment;
    const environment = warm ?? (await this.#start());
    const end = warm
      ? await environment.invoke(this.#invocation(requestId, event, limitMs), limitMs)
      : await this.#beginAgain(environment, requestId, event, limitMs);
    const { maxMemoryMb } = environment;
    if (this.#isLost(end)) {
      await this.#discard(environment);
      return { end, maxMemoryMb };
    }
    return { end, maxMemoryMb, leaks: await environment.findLeaks(since) };
  }

  /** Repeats a failed INIT within the invocation, with the timeout of the function, as Lambda does. */
  async #beginAgain(
    environment: Environment,
    requestId: string,
    event: string,
    limitMs: number,
  ): Promise<InvocationEnd> {
    const { durationMs: initMs, ...init } = await environment.initialize(limitMs);
    if (init.kind === 'error') return { kind: 'init-error', error: init.error, durationMs: initMs };
    if (init.kind !== 'ready') return { ...init, durationMs: initMs };
    const leftMs = limitMs - initMs;
    const end = await environment.invoke(this.#invocation(requestId, event, leftMs), leftMs);
    return { ...end, durationMs: initMs + end.durationMs };
  }

  /** Ends one invocation. On Managed Instances a timeout does not affect the others. */
  #isLost({ kind }: InvocationEnd): boolean {
    if (kind === 'timeout') return this.settings.maxConcurrency === undefined;
    return kind === 'exit' || kind === 'init-error';
  }

  #invocation(requestId: string, event: string, limitMs: number): Invocation {
    const random = (bytes: number): string => randomBytes(bytes).toString('hex');
    const seconds = Math.floor(Date.now() / 1000).toString(16);
    return {
      requestId,
      event,
      deadlineMs: Math.floor(Date.now() + limitMs),
      functionArn: `arn:aws:lambda:${region()}:000000000000:function:${this.settings.definition.name}`,
      traceId: `Root=1-${seconds}-${random(12)};Parent=${random(8)};Sampled=0`,
    };
  }

  async #start(): Promise<Environment> {
    this.#refuseWhenClosed();
    if (this.#environment) await this.#discard(this.#environment);
    const observer: EnvironmentObserver = {
      onLog: (entry) => {
        this.#log.write(entry);
      },
      onState: this.#options.onState,
    };
    const former = this.#folder;
    this.#folder = undefined;
    const environment = await Environment.start(this.#options.nextId(), this.settings, observer, former);
    this.#environment = environment;
    if (this.#closed) await this.#discard(environment);
    this.#refuseWhenClosed();
    return environment;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new LabError('closed', `${this.settings.definition.name} was closed`);
  }

  async #discard(environment: Environment): Promise<void> {
    if (this.#environment === environment) this.#environment = undefined;
    const folder = await environment.reset();
    if (this.#closed) folder?.remove();
    else this.#folder = folder ?? this.#folder;
  }
}
