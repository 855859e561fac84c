import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { techniques } from './techniques.ts';

/**
 * The workspace's own files that an assembly is made from, each with its SHA-256.
 *
 * @param workspace the folder that holds `apps` and `infra`
 * @returns the digests in hex, by the files' paths in the workspace, in their order
 */
export function assemblyInputs(workspace: string): Record<string, string> {
  const patterns = [
    'infra/cdk.json',
    'infra/src/**/*.ts',
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
