import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { LocalLambdaError } from './errors.ts';

/** Our own runtime client, the same on every machine, or AWS's, which users install themselves. */
export type Runtime = 'own' | 'aws';

/**
 * Finds the module that a function's process starts with.
 *
 * @param ricFolder where `aws-lambda-ric` is. @default the workspace's node_modules
 * @throws {LocalLambdaError} `runtime`, when AWS's client is not installed
 */
export function findRuntimeClient(runtime: Runtime, ricFolder = installedRic()): string {
  if (runtime === 'own') return fileURLToPath(new URL('./runtime/client.cjs', import.meta.url));
  const install = 'npm install --no-save aws-lambda-ric@4.0.2';
  if (ricFolder === undefined) {
    throw new LocalLambdaError('runtime', `AWS's runtime client is not installed: ${install}`);
  }
  const client = path.join(ricFolder, 'index.mjs');
  if (!existsSync(client) || !existsSync(path.join(ricFolder, 'rapid-client.node'))) {
    const needs = 'on Linux, with cmake, make and g++';
    throw new LocalLambdaError(
      'runtime',
      `AWS's runtime client in ${ricFolder} is not built: ${install}, ${needs}`,
    );
  }
  return client;
}

function installedRic(): string | undefined {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('aws-lambda-ric'));
  } catch {
    return undefined;
  }
}
