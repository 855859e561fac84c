import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { LabError, readText } from '@parallel-lambda/local-lambda';

/**
 * Reads an event as JSON.
 *
 * @param file - for stdin
 * @throws {LabError} `usage`, if it cannot be read, or is not JSON
 */
export async function readEvent(file: string): Promise<unknown> {
  const content = file === '-' ? await text(process.stdin) : await readText(file);
  try {
    return JSON.parse(content);
  } catch (cause) {
    const name = file === '-' ? 'on stdin' : file;
    throw new LabError('usage', `The event ${name} is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

/**
 * Writes a file, and creates its folder.
 *
 * @throws {LabError} `usage`
 */
export async function writeResult(file: string, content: string): Promise<void> {
  await inFolder(file, () => writeFile(file, content));
}

/**
 * Checks that a file can be written, and keeps what it holds.
 *
 * @throws {LabError} `usage`
 */
export async function checkWritable(file: string): Promise<void> {
  await inFolder(file, () => appendFile(file, ''));
}

async function inFolder(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await write();
  } catch (cause) {
    throw new LabError('usage', `${file} cannot be written: ${(cause as Error).message}.`, { cause });
  }
}
