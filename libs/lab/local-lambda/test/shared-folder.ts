import { mkdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';

/** A new folder that a test and its functions both see: none below `/tmp`, which is each function's own. */
export async function sharedFolder(): Promise<string> {
  const output = path.join(import.meta.dirname, '../test-output');
  mkdirSync(output, { recursive: true });
  return mkdtemp(path.join(output, 'shared-'));
}
