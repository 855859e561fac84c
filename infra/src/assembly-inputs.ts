import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { techniques } from './techniques.ts';

/**
 * Returns the SHA-256 of each file of the workspace that the assembly is made from.
 *
 * @param workspace folder of `apps`, `libs` and `infra`
 * @returns digests in hex, by path, in ascending order
 */
export function assemblyInputs(workspace: string): Record<string, string> {
  const patterns = [
    'infra/cdk.json',
    'infra/src/**/*.ts',
    'libs/cdk/src/**/*.ts',
    ...techniques.map((name) => `apps/${name}/dist/**/*`),
  ];
  const files = globSync(patterns, { cwd: workspace, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(workspace, path.join(entry.parentPath, entry.name)));
  return Object.fromEntries(files.sort().map((file) => [file, sha256(path.join(workspace, file))]));
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
