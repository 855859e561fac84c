import { createWriteStream, readFileSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { LabError } from './lab-error.ts';

/**
 * Reads a file that an option names.
 *
 * @throws {LabError} `usage`, if it cannot be read
 */
export async function readText(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
}

/**
 * Reads a file that an option names while the command line is parsed.
 *
 * @throws {LabError} `usage`, if it cannot be read
 */
export function readTextSync(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

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
 * @throws {LabError} `usage`, if it cannot be written
 */
export async function writeText(file: string, content: string): Promise<void> {
  await inFolder(file, () => writeFile(file, content));
}

/** A file to which lines are added until it is disposed of. */
export interface LogFile extends Disposable {
  readonly write: (line: string) => void;
}

/**
 * Opens a file to add lines to it.
 *
 * @throws {LabError} `usage`, if it cannot be written
 */
export async function openLogFile(file: string): Promise<LogFile> {
  await checkWritable(file);
  const stream = createWriteStream(file, { flags: 'a' });
  return {
    write: (line) => stream.write(`${line}\n`),
    [Symbol.dispose]: () => {
      stream.end();
    },
  };
}

/**
 * Checks that a file can be written, and keeps its content.
 *
 * @throws {LabError} `usage`, if it cannot be written
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

function unreadable(file: string, cause: unknown): LabError {
  return new LabError('usage', `${file} cannot be read: ${(cause as Error).message}`, { cause });
}
