import { readFile } from 'node:fs/promises';

import { LabError } from './lab-error.ts';

/**
 * Reads a file that an option names.
 *
 * @throws {LabError} `usage`, when it cannot be read
 */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new LabError('usage', `${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
