import { LocalLambdaError } from './errors.ts';
import type { FunctionDefinition } from './assembly/function-definition.ts';
import { FunctionRunner } from './function-runner.ts';
import { applyOverrides, type FunctionOverrides } from './function-settings.ts';
import type { InvocationResult } from './invocation-result.ts';
import { findRuntimeClient, type Runtime } from './runtime-client.ts';

export interface LocalFunctionOptions {
  /** @default the template's own settings */
  readonly overrides?: FunctionOverrides | undefined;
  /** @default 'own' */
  readonly runtime?: Runtime | undefined;
  /** Where `aws-lambda-ric` is. @default the workspace's node_modules */
  readonly ricFolder?: string | undefined;
}

export interface InvokeOptions {
  /** Is given each entry of the log as it comes, without a line end; Lambda's own lines too. */
  readonly onLog?: ((entry: string) => void) | undefined;
}

/** The longest event, in bytes. */
const longestEvent = 6_291_456;

/**
 * A Lambda function on this machine. Like Lambda it keeps a warm environment from one invocation to the next,
 * and starts another after a timeout, a crash or a failed INIT. It works on one event at a time; further
 * invocations wait.
 *
 * @example
 * ```ts
 * const assembly = await readAssembly('infra/cdk.out');
 * await using promises = new LocalFunction(findFunction(assembly, 'promises'));
 * const result = await promises.invoke({ simulate: { messages: 10, body: { wait: 50 } } });
 * ```
 */
export class LocalFunction implements AsyncDisposable {
  /** The definition with its overrides. */
  readonly definition: FunctionDefinition;
  readonly #runner: FunctionRunner;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** @throws {LocalLambdaError} `setting` or `runtime` */
  constructor(definition: FunctionDefinition, options: LocalFunctionOptions = {}) {
    this.definition = applyOverrides(definition, options.overrides);
    const client = findRuntimeClient(options.runtime ?? 'own', options.ricFolder);
    this.#runner = new FunctionRunner(this.definition, client);
  }

  /** How many environments there have been: 1 as long as every invocation after the first was warm. */
  get environmentsStarted(): number {
    return this.#runner.environmentsStarted;
  }

  /**
   * Invokes the function and waits for its answer.
   *
   * @param event what JSON can express; `undefined` is `null`
   * @returns whatever becomes of the function: it rejects only for faults of the caller
   * @throws {LocalLambdaError} `event`, when it is larger than 6 MB; `closed`
   */
  async invoke(event: unknown, options: InvokeOptions = {}): Promise<InvocationResult> {
    const json = (JSON.stringify(event) as string | undefined) ?? 'null';
    const size = Buffer.byteLength(json);
    if (size > longestEvent) {
      const sentence = `The event has ${size} bytes; Lambda takes no more than ${longestEvent}`;
      throw new LocalLambdaError('event', sentence);
    }
    if (this.#closed) throw new LocalLambdaError('closed', `${this.definition.name} was closed`);
    const result = this.#last.then(() => this.#runner.run(json, options.onLog));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Ends the environment, and with it an invocation that is running. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#runner.close();
    await this.#last;
  }
}
