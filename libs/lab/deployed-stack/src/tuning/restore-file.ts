import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { LabError } from '@parallel-lambda/local-lambda';

/** What a tuning changes of a function, as UpdateFunctionConfiguration takes it. */
export interface Configuration {
  /** The function's ARN: in another account it is another function. */
  readonly FunctionName: string;
  readonly MemorySize: number;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

/**
 * Where a function's configuration is kept while it is changed, so that it is not lost whatever ends this process. The AWS CLI
 * takes the file as it is: `aws lambda update-function-configuration --cli-input-json file://…`
 */
export class RestoreFile {
  readonly path: string;

  constructor(folder: string, functionName: string) {
    this.path = path.resolve(folder, `restore-${functionName}.json`);
  }

  /** @returns nothing when there is none */
  async read(): Promise<Configuration | undefined> {
    try {
      return JSON.parse(await readFile(this.path, 'utf8')) as Configuration;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new LabError('usage', `${this.path} cannot be read: ${(cause as Error).message}`, { cause });
    }
  }

  /** @throws {LabError} `usage`, when it cannot be written: then nothing may be changed */
  async keep(configuration: Configuration): Promise<void> {
    try {
      await mkdir(path.dirname(this.path), { recursive: true });
      // Variables can be secrets.
      await writeFile(this.path, `${JSON.stringify(configuration, undefined, 1)}\n`, { mode: 0o600 });
    } catch (cause) {
      throw new LabError('usage', `${this.path} cannot be written: ${(cause as Error).message}`, {
        cause,
      });
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}
