import {
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdated,
  type FunctionConfiguration,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { LabError } from '@parallel-lambda/local-lambda';
import type { Setting } from '@parallel-lambda/report';

import { responseOf } from '../aws.ts';
import { configurationOf } from '../function-settings.ts';
import type { StackFunction } from '../stack.ts';
import { BackupFile, type Configuration } from './backup-file.ts';

/** An update takes seconds, and a minute or more for a function in a VPC. */
const maxUpdateSeconds = 180;

/**
 * An environment variable that marks a changed configuration. Each change gives it another value, so that Lambda starts
 * new environments.
 */
const marker = 'PARALLEL_LAMBDA_TUNING';

/**
 * The configuration of a deployed function during a tuning. The original one is stored in a backup file until it is
 * restored. If an earlier tuning was killed, the marker shows it, and its backup is restored.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export class TemporaryConfiguration {
  readonly function: StackFunction;
  readonly #client: LambdaClient;
  readonly #onWarning: (sentence: string) => void;
  readonly #backup: BackupFile;
  #original: Configuration | undefined;
  #changes = 0;
  #restoring = false;
  /** Lambda accepts one update of a function at a time. */
  #lastChange: Promise<unknown> = Promise.resolve();

  /**
   * @param folder of the backup file
   * @param onWarning receives a sentence if an earlier tuning did not restore the configuration
   */
  constructor(
    client: LambdaClient,
    stackFunction: StackFunction,
    folder: string,
    onWarning: (sentence: string) => void,
  ) {
    this.function = stackFunction;
    this.#client = client;
    this.#onWarning = onWarning;
    this.#backup = new BackupFile(folder, stackFunction.functionName);
  }

  /**
   * Changes the configuration, and waits until Lambda has applied it: the next invocation starts a new environment.
   *
   * @throws {LabError} if the change fails, or the original configuration is being restored
   */
  apply({ memoryMb, workers, threads }: Setting): Promise<void> {
    const change = this.#lastChange.then(async () => {
      this.checkActive();
      const original = (this.#original ??= await this.#backUp());
      this.#changes += 1;
      const Variables = {
        ...original.Environment.Variables,
        ...(workers !== undefined && { WORKERS: String(workers) }),
        ...(threads !== undefined && { THREADS: String(threads) }),
        [marker]: String(this.#changes),
      };
      await this.#update({ ...original, MemorySize: memoryMb, Environment: { Variables } });
    });
    this.#lastChange = change.catch(() => undefined);
    return change;
  }

  /** @throws {LabError} `failure`, once the original configuration is being restored */
  checkActive(): void {
    if (!this.#restoring) return;
    throw new LabError('failure', `The configuration of ${this.function.name} is being restored.`);
  }

  /**
   * Restores the original configuration after a change that is in progress. It cannot be changed any more.
   *
   * @throws {LabError} if that fails, with the instructions of {@link changed}
   */
  async restore(): Promise<void> {
    this.#restoring = true;
    await this.#lastChange;
    if (!this.#original) return;
    try {
      await this.#update(this.#original);
    } catch (cause) {
      throw new LabError('aws-error', `${(cause as Error).message} ${this.changed() ?? ''}`, { cause });
    }
    await this.#backup.remove();
    this.#original = undefined;
  }

  /**
   * Restores the configuration that an earlier tuning did not restore.
   *
   * @returns the restored configuration; `undefined` if it was not changed
   * @throws {LabError} if the backup is missing
   */
  async restoreBackup(): Promise<Configuration | undefined> {
    const backup = await this.#backupOf(await configurationOf(this.#client, this.function));
    this.#original = backup;
    await this.restore();
    return backup;
  }

  /** Instructions for restoring the original configuration by hand; `undefined` if it is not changed. */
  changed(): string | undefined {
    if (!this.#original) return undefined;
    const { MemorySize, Environment } = this.#original;
    const { WORKERS = 'not set', THREADS = 'not set' } = Environment.Variables;
    return (
      `The configuration of ${this.function.name} is not restored. It had ${MemorySize} MB, WORKERS ${WORKERS}, ` +
      `THREADS ${THREADS}; the backup is ${this.#backup.path}. Restore it with lab tune --restore.`
    );
  }

  async #backUp(): Promise<Configuration> {
    const current = await configurationOf(this.#client, this.function);
    const backup = await this.#backupOf(current);
    if (backup) {
      this.#onWarning(
        `An earlier tuning did not restore the configuration of ${this.function.name}. It is restored after this one.`,
      );
      return backup;
    }
    const { FunctionArn, MemorySize = 128, Environment } = current;
    if (Environment?.Error) {
      const { Message = 'no reason is given' } = Environment.Error;
      throw new LabError(
        'aws-error',
        `The environment variables of ${this.function.name} cannot be read (${Message}), so tune could not restore them.`,
      );
    }
    const original = {
      FunctionName: FunctionArn ?? this.function.functionName,
      MemorySize,
      Environment: { Variables: Environment?.Variables ?? {} },
    };
    await this.#backup.write(original);
    return original;
  }

  /** Returns the backup of an earlier tuning, if it did not restore the configuration. */
  async #backupOf({ FunctionArn, Environment }: FunctionConfiguration): Promise<Configuration | undefined> {
    if (Environment?.Variables?.[marker] === undefined) return undefined;
    const backup = await this.#backup.read();
    if (backup && backup.FunctionName === FunctionArn) return backup;
    const problem = backup ? `belongs to another function (${backup.FunctionName})` : 'does not exist';
    throw new LabError(
      'failure',
      `An earlier tuning did not restore the configuration of ${this.function.name} (its variable ${marker} is set), and ` +
        `the backup ${this.#backup.path} ${problem}. Set --json to the file of that tuning: the backup is beside it. ` +
        'Or set memory and variables by hand, and remove that variable.',
    );
  }

  async #update({ FunctionName, MemorySize, Environment }: Configuration): Promise<void> {
    // Another client may be updating the function.
    const { LastUpdateStatus } = await configurationOf(this.#client, this.function);
    if (LastUpdateStatus === 'InProgress') await this.#waitUntilUpdated();
    const Variables = { ...Environment.Variables };
    await responseOf(
      this.#client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize, Environment: { Variables } }),
      ),
    );
    await this.#waitUntilUpdated();
  }

  async #waitUntilUpdated(): Promise<void> {
    const { name, functionName: FunctionName } = this.function;
    const waiter = { client: this.#client, maxWaitTime: maxUpdateSeconds, minDelay: 1, maxDelay: 5 };
    try {
      await waitUntilFunctionUpdated(waiter, { FunctionName });
    } catch (cause) {
      throw new LabError(
        'aws-error',
        `The update of ${name} failed, or took longer than ${maxUpdateSeconds} s (${reasonOf(cause)}).`,
        { cause },
      );
    }
  }
}

/** The message of a waiter's error is JSON. */
function reasonOf(cause: unknown): string {
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
