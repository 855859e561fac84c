import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { LabError } from './lab-error.ts';

/** Folder of the lab's own modules that run in a function's process: the runtime client, and those that are required before. */
export const runtimeFolder = fileURLToPath(new URL('./runtime', import.meta.url));

/** The modules that are required before the runtime, relative to that folder. */
export const preloaded = {
  /** Keeps the metadata of this machine out of reach. */
  metadata: 'block-metadata.cjs',
  /** Sends requests to AWS to a served stack. */
  aws: 'redirect-aws.cjs',
  /** Sends the connections of an observed function to the lab. */
  observer: 'observe/observe.cjs',
  /** Finds what an invocation leaves running. */
  strict: 'strict/strict.cjs',
} as const;

/** Our own runtime client, the same on every machine, or AWS's, which users install themselves. */
export type Runtime = 'own' | 'aws';

/**
 * Finds the module that a function's process starts with.
 *
 * @param ricFolder where `aws-lambda-ric` is. @default the workspace's node_modules
 * @throws {LabError} `runtime`, when AWS's client is not installed
 */
export function findRuntimeClient(runtime: Runtime, ricFolder?: string): string {
  if (runtime === 'own') return path.join(runtimeFolder, 'client.cjs');
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
