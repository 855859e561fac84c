import {
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdated,
  type FunctionConfiguration,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { Setting } from '@parallel-lambda/report';

import { answerOf } from '../answer-of.ts';
import { configurationOf } from '../configuration-of.ts';
import type { DeployedTechnique } from '../deployed-stack.ts';
import { LabError } from '@parallel-lambda/local-lambda';
import { RestoreFile, type Configuration } from './restore-file.ts';

/** Seconds: Lambda takes some for an update, and a minute or more for a function in a VPC. */
const longestUpdateS = 180;

/** A variable with another value at each change: every change is one then, and begins with new environments. */
const marker = 'PARALLEL_LAMBDA_TUNING';

/**
 * The configuration of a deployed function, which is changed to be measured and then given back. As it was, it is kept in a
 * file until then. What an earlier tuning left changed, because it was killed, is known by the marker, and given back too.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export class BorrowedConfiguration {
  readonly technique: DeployedTechnique;
  readonly #client: LambdaClient;
  readonly #listener: { onWarning(sentence: string): void };
  readonly #file: RestoreFile;
  #original: Configuration | undefined;
  #changes = 0;
  #over = false;
  /** Lambda takes one update of a function at a time. */
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param folder where the file is kept
   * @param listener receives a warning if an earlier tuning left the configuration changed
   */
  constructor(
    client: LambdaClient,
    technique: DeployedTechnique,
    folder: string,
    listener: { onWarning(sentence: string): void },
  ) {
    this.#listener = listener;
    this.#client = client;
    this.technique = technique;
    this.#file = new RestoreFile(folder, technique.functionName);
  }

  /** As it is now. */
  current(): Promise<FunctionConfiguration> {
    return configurationOf(this.#client, this.technique);
  }

  /**
   * Changes it, and waits until that is through: what is invoked then is a new environment.
   *
   * @throws {LabError} when the change is refused or fails, or the configuration is being given back
   */
  change({ memoryMb, workers, threads }: Setting): Promise<void> {
    const changed = this.#last.then(async () => {
      this.refuseWhenOver();
      const original = (this.#original ??= await this.#borrow());
      this.#changes += 1;
      const Variables = {
        ...original.Environment.Variables,
        ...(workers !== undefined && { WORKERS: String(workers) }),
        ...(threads !== undefined && { THREADS: String(threads) }),
        [marker]: String(this.#changes),
      };
      await this.#update({ ...original, MemorySize: memoryMb, Environment: { Variables } });
    });
    this.#last = changed.catch(() => undefined);
    return changed;
  }

  /** @throws {LabError} `failure`, once it is being given back: nothing is measured any more */
  refuseWhenOver(): void {
    if (!this.#over) return;
    throw new LabError('failure', `${this.technique.name} is given its configuration back`);
  }

  /**
   * Gives it back as it was, after the change that is under way; it is changed no more.
   *
   * @throws {LabError} when that fails, saying what is left to do
   */
  async restore(): Promise<void> {
    this.#over = true;
    await this.#last;
    if (!this.#original) return;
    try {
      await this.#update(this.#original);
    } catch (cause) {
      throw new LabError('aws-error', `${(cause as Error).message} ${this.left() ?? ''}`, { cause });
    }
    await this.#file.remove();
    this.#original = undefined;
  }

  /**
   * Gives back what an earlier tuning left changed.
   *
   * @returns what it has now; nothing when it was not changed
   * @throws {LabError} when the file that tells how it was is gone
   */
  async restoreLeft(): Promise<Configuration | undefined> {
    const left = await this.#leftBefore(await this.current());
    this.#original = left;
    await this.restore();
    return left;
  }

  /** What is left to do when it is not given back; nothing where it is as it was. */
  left(): string | undefined {
    if (!this.#original) return undefined;
    const { MemorySize, Environment } = this.#original;
    const { WORKERS = 'not set', THREADS = 'not set' } = Environment.Variables;
    return (
      `${this.technique.name} is left with a changed configuration; it had ${MemorySize} MB, WORKERS ${WORKERS}, ` +
      `THREADS ${THREADS}, and ${this.#file.path} has all of it: lab tune --restore gives it back.`
    );
  }

  async #borrow(): Promise<Configuration> {
    const current = await this.current();
    const left = await this.#leftBefore(current);
    if (left) {
      this.#listener.onWarning(
        `${this.technique.name} was left changed by an earlier tuning; its configuration is restored after this one`,
      );
      return left;
    }
    const { FunctionArn, MemorySize = 128, Environment } = current;
    if (Environment?.Error) {
      const { Message = 'no reason is told' } = Environment.Error;
      throw new LabError(
        'aws-error',
        `The variables of ${this.technique.name} cannot be read (${Message}), so they could not be given back`,
      );
    }
    const original = {
      FunctionName: FunctionArn ?? this.technique.functionName,
      MemorySize,
      Environment: { Variables: Environment?.Variables ?? {} },
    };
    await this.#file.keep(original);
    return original;
  }

  /** How it was before an earlier tuning that did not give it back. */
  async #leftBefore({ FunctionArn, Environment }: FunctionConfiguration): Promise<Configuration | undefined> {
    if (Environment?.Variables?.[marker] === undefined) return undefined;
    const kept = await this.#file.read();
    if (kept && kept.FunctionName === FunctionArn) return kept;
    throw new LabError(
      'failure',
      `${this.technique.name} was left changed by a tuning (its variable ${marker} is set), and ${this.#file.path}, which ` +
        `tells how it was, is ${kept ? `of another function (${kept.FunctionName})` : 'not there'}. Name the --json of that ` +
        'tuning, for the file is beside it; or set memory and variables by hand, and take that variable away.',
    );
  }

  async #update({ FunctionName, MemorySize, Environment }: Configuration): Promise<void> {
    // Of somebody else.
    const { LastUpdateStatus } = await this.current();
    if (LastUpdateStatus === 'InProgress') await this.#updated();
    const Variables = { ...Environment.Variables };
    await answerOf(
      this.#client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize, Environment: { Variables } }),
      ),
    );
    await this.#updated();
  }

  async #updated(): Promise<void> {
    const { name, functionName: FunctionName } = this.technique;
    const waiting = { client: this.#client, maxWaitTime: longestUpdateS, minDelay: 1, maxDelay: 5 };
    try {
      await waitUntilFunctionUpdated(waiting, { FunctionName });
    } catch (cause) {
      throw new LabError(
        'aws-error',
        `The update of ${name} was not through after ${longestUpdateS} s, or failed (${reasonIn(cause)}).`,
        { cause },
      );
    }
  }
}

/** A waiter's error has all that it was answered for its message. */
function reasonIn(cause: unknown): string {
  const { message } = cause as Error;
  try {
    const { state, reason } = JSON.parse(message) as {
      readonly state?: string;
      readonly reason?: { readonly LastUpdateStatusReason?: string; readonly message?: string };
    };
    return reason?.LastUpdateStatusReason ?? reason?.message ?? state ?? message;
  } catch {
    return message;
  }
}
