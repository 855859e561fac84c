import { randomBytes, randomUUID } from 'node:crypto';

import { region } from './environment-variables.ts';
import { Environment } from './environment.ts';
import { LocalLambdaError } from './errors.ts';
import type { FunctionDefinition } from './assembly/function-definition.ts';
import { InvocationLog } from './log/invocation-log.ts';
import type { Invocation } from './invocation.ts';
import type { InvocationResult } from './invocation-result.ts';
import { settleInvocation, type InvocationEnd } from './settle-invocation.ts';

/** How long INIT may take before it is begun again as part of the invocation. */
const initLimitMs = 10_000;

/** Keeps one environment of a function from invocation to invocation, and starts another when it is lost. */
export class FunctionRunner {
  readonly #definition: FunctionDefinition;
  readonly #client: string;
  #environment: Environment | undefined;
  #environmentsStarted = 0;
  /** Of the invocation that is running, or what comes after one has ended. */
  #log = new InvocationLog();
  #closed = false;

  /**
   * @param definition as it is to be run
   * @param client the runtime's main module
   */
  constructor(definition: FunctionDefinition, client: string) {
    this.#definition = definition;
    this.#client = client;
  }

  get environmentsStarted(): number {
    return this.#environmentsStarted;
  }

  /**
   * Works on one event; the next only when this has settled.
   *
   * @param event as JSON
   * @param onLog is given each entry of the log as it comes
   */
  async run(event: string, onLog?: (entry: string) => void): Promise<InvocationResult> {
    const requestId = randomUUID();
    this.#log = new InvocationLog(onLog, this.#log);
    const initDurationMs = await this.#initialize();
    this.#log.writePlatform(`START RequestId: ${requestId} Version: $LATEST`);
    const end = await this.#work(requestId, event);
    const maxMemoryMb = this.#environment?.maxMemoryMb ?? 0;
    if (end.kind !== 'response' && end.kind !== 'error') await this.#end();
    const log = this.#log;
    this.#log = new InvocationLog();
    return settleInvocation(
      { requestId, definition: this.#definition, end, initDurationMs, maxMemoryMb },
      log,
    );
  }

  /** Ends the environment, also amid an invocation, and starts no other. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  /** @returns the duration of INIT; nothing when the environment is warm, or when INIT has failed */
  async #initialize(): Promise<number | undefined> {
    if (this.#environment?.alive) return undefined;
    const environment = await this.#start();
    const init = await environment.initialize(initLimitMs);
    if (init.kind === 'ready') return init.durationMs;
    const status = init.kind === 'timeout' ? 'timeout' : 'error';
    const duration = `Init Duration: ${init.durationMs.toFixed(2)} ms`;
    this.#log.writePlatform(`INIT_REPORT ${duration}\tPhase: init\tStatus: ${status}`);
    await this.#end();
    return undefined;
  }

  async #work(requestId: string, event: string): Promise<InvocationEnd> {
    const startedAt = performance.now();
    const limitMs = this.#definition.timeoutSeconds * 1000;
    let environment = this.#environment;
    if (!environment) {
      // INIT has failed. Lambda begins it again here, with the function's own timeout.
      environment = await this.#start();
      const { durationMs, ...init } = await environment.initialize(limitMs);
      if (init.kind === 'error') return { kind: 'init-error', error: init.error, durationMs };
      if (init.kind !== 'ready') return { ...init, durationMs };
    }
    const spentMs = performance.now() - startedAt;
    const invocation = this.#invocation(requestId, event, limitMs - spentMs);
    const end = await environment.invoke(invocation, limitMs - spentMs);
    return { ...end, durationMs: spentMs + end.durationMs };
  }

  #invocation(requestId: string, event: string, limitMs: number): Invocation {
    const random = (bytes: number): string => randomBytes(bytes).toString('hex');
    const seconds = Math.floor(Date.now() / 1000).toString(16);
    return {
      requestId,
      event,
      deadlineMs: Math.floor(Date.now() + limitMs),
      functionArn: `arn:aws:lambda:${region()}:000000000000:function:${this.#definition.name}`,
      traceId: `Root=1-${seconds}-${random(12)};Parent=${random(8)};Sampled=0`,
    };
  }

  async #start(): Promise<Environment> {
    this.#refuseWhenClosed();
    await this.#end();
    const onLog = (entry: string): void => {
      this.#log.write(entry);
    };
    const environment = await Environment.start(this.#definition, this.#client, onLog);
    this.#environmentsStarted += 1;
    this.#environment = environment;
    if (this.#closed) await this.#end();
    this.#refuseWhenClosed();
    return environment;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new LocalLambdaError('closed', `${this.#definition.name} was closed`);
  }

  async #end(): Promise<void> {
    const environment = this.#environment;
    this.#environment = undefined;
    await environment?.end();
  }
}
