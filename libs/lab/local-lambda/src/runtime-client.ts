import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { LabError } from './lab-error.ts';

/** Module that the process of the runtime requires first in strict mode. */
export const strictModule = fileURLToPath(new URL('./runtime/strict/strict.cjs', import.meta.url));

/** The module that the process of an observed function requires before anything else. */
export const observerModule = fileURLToPath(new URL('./runtime/observe/observe.cjs', import.meta.url));

/** Our own runtime client, the same on every machine, or AWS's, which users install themselves. */
export type Runtime = 'own' | 'aws';

/**
 * Finds the module that a function's process starts with.
 *
 * @param ricFolder where `aws-lambda-ric` is. @default the workspace's node_modules
 * @throws {LabError} `runtime`, when AWS's client is not installed
 */
export function findRuntimeClient(runtime: Runtime, ricFolder?: string): string {
  if (runtime === 'own') return fileURLToPath(new URL('./runtime/client.cjs', import.meta.url));
  const folder = ricFolder === undefined ? installedRic() : path.resolve(ricFolder);
  if (folder === undefined) throw missing('is not installed');
  const client = path.join(folder, 'index.mjs');
  if (!existsSync(client) || !existsSync(path.join(folder, 'rapid-client.node'))) {
    throw missing(`in ${folder} is not built`);
  }
  return client;
}

function missing(what: string): LabError {
  const install = 'npm install --no-save aws-lambda-ric@4.0.2';
  const sentence = `AWS's runtime client ${what}: ${install} (on Linux, with cmake, make and g++)`;
  return new LabError('runtime', sentence);
}

function installedRic(): string | undefined {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('aws-lambda-ric'));
  } catch {
    return undefined;
  }
}
