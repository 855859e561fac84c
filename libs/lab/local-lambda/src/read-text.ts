import { readFile } from 'node:fs/promises';

import { LocalLambdaError } from './errors.ts';

/**
 * Reads a file that an option names.
 *
 * @throws {LocalLambdaError} `setting`, when it cannot be read
 */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new LocalLambdaError('setting', `${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
