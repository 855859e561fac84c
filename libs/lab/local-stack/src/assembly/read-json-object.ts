import { readFile } from 'node:fs/promises';

import { isRecord } from '@parallel-lambda/local-lambda';

/** Reads a file that must hold a JSON object; rejects with an error that names the fault. */
export async function readJsonObject(file: string): Promise<Record<string, unknown>> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isRecord(value) || Array.isArray(value)) throw new TypeError(`${file} is not a JSON object`);
  return value;
}
