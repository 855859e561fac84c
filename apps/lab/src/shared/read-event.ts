import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import { LabError } from '@parallel-lambda/local-lambda';

/**
 * Reads an event from a file.
 *
 * @throws {LabError} `usage`, when the file cannot be read or is no JSON
 */
export async function readEvent(file: string): Promise<unknown> {
  return parse(await read(file), file);
}

/**
 * Reads an event from the standard input.
 *
 * @throws {LabError} `usage`, when it is no JSON
 */
export async function readEventOnStdin(): Promise<unknown> {
  return parse(await text(process.stdin), 'on stdin');
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new LabError('usage', `The event ${file} cannot be read: ${(cause as Error).message}`);
  }
}

function parse(content: string, name: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch (cause) {
    throw new LabError('usage', `The event ${name} is no JSON: ${(cause as Error).message}`);
  }
}
