import { open, type FileHandle } from 'node:fs/promises';

import { LocalLambdaError } from '@parallel-lambda/local-lambda';

/**
 * Opens a file for what is to come: a wrong path is told before the measuring, not after it.
 *
 * @throws {LocalLambdaError} `setting`
 */
export async function openResultFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'w');
  } catch (error) {
    throw new LocalLambdaError('setting', `${file} cannot be written: ${(error as Error).message}`);
  }
}
