import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';

/** The parts of a function's configuration that a tuning changes, as UpdateFunctionConfiguration accepts them. */
export interface Configuration {
  /** The ARN of the function: a function of that name in another account is another function. */
  readonly FunctionName: string;
  readonly MemorySize: number;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

/**
 * A file with the original configuration of a function, for when this process is killed. The AWS CLI accepts it:
 * `aws lambda update-function-configuration --cli-input-json file://…`
 */
export class BackupFile {
  readonly path: string;

  constructor(folder: string, functionName: string) {
    this.path = path.resolve(folder, `restore-${functionName}.json`);
  }

  /** @returns `undefined` if there is no file */
  async read(): Promise<Configuration | undefined> {
    try {
      return JSON.parse(await readFile(this.path, 'utf8')) as Configuration;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new LabError('usage', `${this.path} cannot be read: ${(cause as Error).message}.`, { cause });
    }
  }

  /** @throws {LabError} `usage`, if it cannot be written: then the configuration must not be changed */
  async write(configuration: Configuration): Promise<void> {
    try {
      await mkdir(path.dirname(this.path), { recursive: true });
      // Only the user may read it, because variables can be secrets.
      await writeFile(this.path, `${JSON.stringify(configuration, undefined, 1)}\n`, { mode: 0o600 });
    } catch (cause) {
      throw new LabError('usage', `${this.path} cannot be written: ${(cause as Error).message}.`, { cause });
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}
