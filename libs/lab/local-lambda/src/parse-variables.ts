import { parseEnv } from 'node:util';

import { readTextSync } from './files.ts';
import { LabError } from './lab-error.ts';

type Variables = Readonly<Record<string, string>>;

/**
 * Parses `NAME=VALUE`.
 *
 * @param before variables to add it to
 * @throws {LabError} `usage`, if the text is something else
 */
export function parseVariable(text: string, before: Variables = {}): Variables {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new LabError('usage', 'It must be NAME=VALUE.');
  return { ...before, [name]: value };
}

/**
 * Reads environment variables from a file, one `NAME=VALUE` per line, as Node.js does with `--env-file`.
 *
 * @throws {LabError} `usage`, if it cannot be read
 */
export function readVariables(file: string): Variables {
  return parseEnv(readTextSync(file)) as Variables;
}
