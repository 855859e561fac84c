import { availableParallelism } from 'node:os';

import { EnvironmentPool } from './environment-pool.ts';
import type { EnvironmentSnapshot } from './environment-state.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { perEnvironmentRange } from './function-limits.ts';
import {
  applyOverrides,
  checkRange,
  type FunctionOverrides,
  invocationsPerEnvironment,
} from './function-settings.ts';
import type { InvocationResult } from './invocation-result.ts';
import type { InvokeOptions } from './invoke-options.ts';
import { LabError } from './lab-error.ts';
import { findRuntimeClient, type Runtime } from './runtime-client.ts';
import type { EnvironmentSettings } from './runtime-settings.ts';
import { isolation, type Isolation } from './sandbox/isolation.ts';
import { mbPerVcpu, noLimits, vcpusOf, type Limits } from './sandbox/limits.ts';
import { probeLimits } from './sandbox/open-sandbox.ts';

export interface LocalFunctionOptions {
  /** @default the template's own settings */
  readonly overrides?: FunctionOverrides | undefined;
  /**
   * Variables that Lambda itself sets, such as credentials. The function's own variables override them.
   *
   * @default none: the function has no credentials
   */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** @default 'own' */
  readonly runtime?: Runtime | undefined;
  /** Folder of `aws-lambda-ric`. @default the workspace's node_modules */
  readonly ricFolder?: string | undefined;
  /**
   * The maximum number of environments, 1 or more; never more than the template reserves.
   *
   * @default 1
   */
  readonly concurrency?: number | undefined;
  /**
   * Behaviour for an invocation when all environments are busy: it waits for the first free one,
   * or it is throttled as by Lambda.
   *
   * @default 'wait'
   */
  readonly whenBusy?: 'wait' | 'throttle' | undefined;
  /** Milliseconds without an invocation after which an environment is ended. @default 300,000: five minutes */
  readonly idleMs?: number | undefined;
  /**
   * Sets if environments get the CPU time and the memory of the memory size (`enforced`, as far as this
   * machine can: see {@link LocalFunction.limits}), or all there is.
   *
   * @default 'off'
   */
  readonly limits?: 'enforced' | 'off' | undefined;
  /**
   * Runs a function with `limits` also if it has more vCPUs than this machine has. Its CPU time is then not
   * limited, and parallel work takes longer than on Lambda.
   *
   * @default false: it is refused
   */
  readonly oversubscribe?: boolean | undefined;
  /**
   * Looks after each response for unsettled work of the invocation, and lists it in the result's
   * `leaks`. For that a module is required before the function, which makes INIT and invocations slower.
   *
   * @default false: nothing is injected
   */
  readonly strict?: boolean | undefined;
  /**
   * Host and port of a service on this machine that every connection of the function is redirected to, unencrypted. The
   * first line of a connection is JSON: `target` (`host`, `port`, `tls`), or `thread` for the connection on which a
   * thread answers questions about itself.
   *
   * @default none: connections go where the function sends them
   */
  readonly observer?: string | undefined;
  /**
   * URL of an endpoint on this machine to which the requests of Node.js to AWS's services are redirected, unencrypted: AWS
   * SDKs before 2023-11, and SDK v2, ignore `AWS_ENDPOINT_URL`. A parameter `service` for each service, such as `sqs`,
   * redirects these only.
   *
   * @default none
   */
  readonly aws?: string | undefined;
  /**
   * Maximum concurrent invocations of one environment, as on Managed Instances, where it is never frozen. It
   * needs the runtime `aws`.
   *
   * @default as in the template for Managed Instances, with the runtime `aws` and without `strict`; else one, and the
   * environment is frozen after each
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-execution-environment.html
   */
  readonly maxConcurrency?: number | undefined;
  /** Called when an environment starts, begins an invocation, is frozen or has ended. */
  readonly onEnvironment?: ((environment: EnvironmentSnapshot) => void) | undefined;
}

/** The longest event, in bytes. See https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maxEventBytes = 6_291_456;

/**
 * A Lambda function on this machine. Like Lambda it processes each concurrent event in a separate environment, keeps that
 * from one invocation to the next, frozen in between, and starts another when all are busy, and after a timeout, a
 * crash or a failed INIT.
 *
 * @example
 * ```ts
 * const assembly = await readAssembly('infra/cdk.out');
 * await using promises = new LocalFunction(findFunction(assembly, 'promises'), { concurrency: 10 });
 * const result = await promises.invoke({ simulate: { messages: 10, body: { wait: 50 } } });
 * ```
 */
export class LocalFunction implements AsyncDisposable {
  readonly #options: LocalFunctionOptions;
  readonly #client: string;
  readonly #pool: EnvironmentPool;
  #definition: FunctionDefinition;
  #limits: Limits;
  #closed = false;

  /** @throws {LabError} `usage` or `runtime` */
  constructor(definition: FunctionDefinition, options: LocalFunctionOptions = {}) {
    checkOptions(options);
    const { runtime = 'own', concurrency = 1, whenBusy = 'wait', idleMs = 300_000 } = options;
    this.#options = options;
    this.#client = findRuntimeClient(runtime, options.ricFolder);
    this.#definition = applyOverrides(definition, options.overrides);
    this.#limits = limitsOf(this.#definition, options);
    this.#pool = new EnvironmentPool(this.#settings(), {
      concurrency,
      whenBusy,
      idleMs,
      onState: (environment) => options.onEnvironment?.(environment),
    });
  }

  /** The definition with its overrides. */
  get definition(): FunctionDefinition {
    return this.#definition;
  }

  /** Limits of the memory size that are enforced on this machine. */
  get limits(): Limits {
    return this.#limits;
  }

  /** Isolation of its environments from the files of this machine. */
  get isolation(): Isolation {
    return isolation();
  }

  /** The current environments. */
  get environments(): readonly EnvironmentSnapshot[] {
    return this.#pool.environments;
  }

  /** Number of environments so far: 1 as long as every invocation after the first was warm. */
  get environmentsStarted(): number {
    return this.#pool.started;
  }

  /**
   * Invokes the function and waits for its answer.
   *
   * @param event what JSON can express; `undefined` is `null`
   * @returns the result for any end of the function: it rejects only for faults of the caller
   * @throws {LabError} `event-too-large`, when it is larger than 6 MB; `throttled`; `closed`
   */
  async invoke(event: unknown, options: InvokeOptions = {}): Promise<InvocationResult> {
    const json = (JSON.stringify(event) as string | undefined) ?? 'null';
    const size = Buffer.byteLength(json);
    if (size > maxEventBytes) {
      const sentence = `The event has ${size} bytes; Lambda takes no more than ${maxEventBytes}`;
      throw new LabError('event-too-large', sentence);
    }
    if (this.#closed) throw new LabError('closed', `${this.definition.name} was closed`);
    const result = { ...(await this.#pool.run(json, options)), isolation: this.isolation };
    return this.#options.limits === 'enforced' ? { ...result, limits: this.#limits } : result;
  }

  /**
   * Runs another build of the function from the next invocation on: as after a deployment, invocations in flight are
   * finished by the former one.
   *
   * @param definition overridden like the previous definition
   * @throws {LabError} `usage`, when it cannot run here; then the former one stays
   */
  replace(definition: FunctionDefinition): void {
    const replaced = applyOverrides(definition, this.#options.overrides);
    this.#limits = limitsOf(replaced, this.#options);
    this.#definition = replaced;
    this.#pool.replace(this.#settings());
  }

  /** Ends all environments, and with them the invocations that are running. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#pool.close();
  }

  #settings(): EnvironmentSettings {
    const { limits, strict = false, observer, aws, variables = {} } = this.#options;
    return {
      definition: this.#definition,
      variables,
      client: this.#client,
      limited: limits === 'enforced',
      strict,
      observer,
      aws,
      maxConcurrency: invocationsPerEnvironment(this.#definition, this.#options),
    };
  }
}

/** @throws {LabError} `usage`, when the memory size has more vCPUs than this machine */
function limitsOf({ memoryMb }: FunctionDefinition, options: LocalFunctionOptions): Limits {
  const { limits, oversubscribe = false } = options;
  if (limits !== 'enforced') return noLimits;
  const there = availableParallelism();
  if (vcpusOf(memoryMb) > there && !oversubscribe) {
    const sentence = `${memoryMb} MB have ${vcpusOf(memoryMb).toFixed(2)} vCPUs, and this machine has ${there}`;
    throw new LabError('usage', `${sentence}: take at most ${there * mbPerVcpu} MB, or oversubscribe`);
  }
  return probeLimits(memoryMb);
}

function checkOptions(options: LocalFunctionOptions): void {
  const { concurrency = 1, idleMs = 0, maxConcurrency, runtime, strict } = options;
  checkRange('concurrency', concurrency, 1, 10_000);
  checkRange('time in ms after which an environment is ended', idleMs, 0, 2 ** 31 - 1);
  if (maxConcurrency === undefined) return;
  checkRange('number of concurrent invocations', maxConcurrency, ...perEnvironmentRange);
  if (strict) {
    const sentence =
      'In strict mode an environment works on one invocation at a time: what it leaves is its own';
    throw new LabError('usage', sentence);
  }
  if (runtime === 'aws') return;
  const sentence = 'Several invocations at a time in one environment need the runtime aws';
  throw new LabError('usage', sentence);
}
